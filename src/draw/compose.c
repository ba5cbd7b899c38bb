/* From UnicodeData.txt of Unicode 15, the canonical decompositions of one letter and one mark. */
#include "draw/compose.h"

#include <stddef.h>

#include "base/base.h"
#include "base/utf8.h"

/* clang-format off */
static const struct {
	uint32_t mark;
	const char *letters, *composed; /* UTF-8, as many as letters */
} rows[] = {
	{0x0300, "AEINOUWYaeinouwy",
	 "ÀÈÌǸÒÙẀỲàèìǹòùẁỳ"}, /* grave */
	{0x0301, "ACEGIKLMNOPRSUWYZacegiklmnoprsuwyz",
	 "ÁĆÉǴÍḰĹḾŃÓṔŔŚÚẂÝŹáćéǵíḱĺḿńóṕŕśúẃýź"}, /* acute */
	{0x0302, "ACEGHIJOSUWYZaceghijosuwyz",
	 "ÂĈÊĜĤÎĴÔŜÛŴŶẐâĉêĝĥîĵôŝûŵŷẑ"}, /* circumflex */
	{0x0303, "AEINOUVYaeinouvy",
	 "ÃẼĨÑÕŨṼỸãẽĩñõũṽỹ"}, /* tilde */
	{0x0304, "AEGIOUYaegiouy",
	 "ĀĒḠĪŌŪȲāēḡīōūȳ"}, /* macron */
	{0x0306, "AEGIOUaegiou",
	 "ĂĔĞĬŎŬăĕğĭŏŭ"}, /* breve */
	{0x0307, "ABCDEFGHIMNOPRSTWXYZabcdefghmnoprstwxyz",
	 "ȦḂĊḊĖḞĠḢİṀṄȮṖṘṠṪẆẊẎŻȧḃċḋėḟġḣṁṅȯṗṙṡṫẇẋẏż"}, /* dot */
	{0x0308, "AEHIOUWXYaehiotuwxy",
	 "ÄËḦÏÖÜẄẌŸäëḧïöẗüẅẍÿ"}, /* diaeresis */
	{0x030a, "AUauwy",
	 "ÅŮåůẘẙ"}, /* ring */
	{0x030b, "OUou",
	 "ŐŰőű"}, /* double acute */
	{0x030c, "ACDEGHIKLNORSTUZacdeghijklnorstuz",
	 "ǍČĎĚǦȞǏǨĽŇǑŘŠŤǓŽǎčďěǧȟǐǰǩľňǒřšťǔž"}, /* caron */
	{0x0323, "ABDEHIKLMNORSTUVWYZabdehiklmnorstuvwyz",
	 "ẠḄḌẸḤỊḲḶṂṆỌṚṢṬỤṾẈỴẒạḅḍẹḥịḳḷṃṇọṛṣṭụṿẉỵẓ"}, /* dot below */
	{0x0327, "CDEGHKLNRSTcdeghklnrst",
	 "ÇḐȨĢḨĶĻŅŖŞŢçḑȩģḩķļņŗşţ"}, /* cedilla */
	{0x0328, "AEIOUaeiou",
	 "ĄĘĮǪŲąęįǫų"}, /* ogonek */
};
/* clang-format on */

uint32_t compose(uint32_t letter, uint32_t mark)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *at = rows[i].composed;

		if (rows[i].mark != mark)
			continue;
		for (const char *l = rows[i].letters; *l; l++) {
			uint32_t cp;

			at += utf8_decode(at, &cp);
			if ((unsigned char)*l == letter)
				return cp;
		}
	}
	return 0;
}
