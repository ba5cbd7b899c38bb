/* Days as numbers of eight digits: 20261126. */
#ifndef VTOK_BASE_DAY_H
#define VTOK_BASE_DAY_H

#include <stdint.h>

/* Today, of UTC: by the clock, or by SOURCE_DATE_EPOCH (seconds) where that is set, as for all
 * programs whose output shall be the same again. 0: nobody knows. */
int32_t day_today(void);

/* Days since the first of March of the year 0 of the Gregorian calendar: for differences. */
int32_t day_number(int32_t day);

#endif
