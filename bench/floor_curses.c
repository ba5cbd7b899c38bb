/* The floor of the dashboard's start: the smallest honest ncurses program. A box, a word, a key. */
#include <locale.h>
#include <curses.h>

int main(void)
{
	setlocale(LC_ALL, "");
	initscr();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	curs_set(0);
	box(stdscr, 0, 0);
	mvaddstr(1, 2, "hello");
	refresh();
	while (getch() != 'q')
		;
	endwin();
	return 0;
}
