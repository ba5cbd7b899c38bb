/* The fields of one line of CSV, as RFC 4180 quotes them; a field with a line end in it is not for
 * those who read by lines. */
#ifndef VTOK_CLI_CSV_LINE_H
#define VTOK_CLI_CSV_LINE_H

/* Takes the next field out of *p, unquoted in place and NUL-terminated; *p becomes NULL behind the
 * last one. NULL: there is no more, or a quotation mark is missing (then *p stays). */
char *csv_field(char **p, char separator);

#endif
