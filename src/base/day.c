#include "base/day.h"

#include <stdlib.h>
#include <time.h>

int32_t day_today(void)
{
	const char *given = getenv("SOURCE_DATE_EPOCH");
	time_t now = time(NULL);
	struct tm tm;

	if (given && *given) {
		char *end;
		long long seconds = strtoll(given, &end, 10);

		if (*end == '\0' && seconds >= 0)
			now = (time_t)seconds;
	}
	if (now == (time_t)-1 || !gmtime_r(&now, &tm) || tm.tm_year < 0 || tm.tm_year > 7999)
		return 0;
	return (tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 + tm.tm_mday;
}

int32_t day_number(int32_t day)
{
	int32_t year = day / 10000, month = day / 100 % 100, date = day % 100;

	/* a year that begins in March has its odd day at the end: (153 m + 2) / 5 days before its
	 * month m */
	year -= month <= 2;
	month = (month + 9) % 12;
	return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date - 1;
}
