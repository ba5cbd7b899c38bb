# Runs the examples of one page and compares what it shows, or (update=yes) prints the page with what they print.
#     awk -v dir=FOLDER -v name=PAGE -v man=yes|no -v update=yes|no -f documents.awk PAGE
# An example is a line "$ COMMAND" (with lines "> MORE") inside a block ```console of Markdown or .EX of a manual; the lines below
# it, up to the next one, are what it prints, both outputs together, on any status but one: a command of vtok that ends badly says
# so, "|| echo $?". A line "..." stands for any lines: those before it are its first, those behind its last.
# ```console needs PROGRAM: left out where there is no such program.
# Answers, a line each: "0 NAME" passed, "1 NAME" failed, then "# ..." of it; "2 NAME" left out.

function plain(line) {
	if (man != "yes")
		return line
	gsub(/\\-/, "-", line); gsub(/\\\(aq/, "'", line); gsub(/\\&/, "", line); gsub(/\\e/, "\\", line)
	return line
}

# Fills got[1..got_n], and status.
function run(command,    script, line) {
	script = dir ".command"
	printf "%s\n", command >script
	close(script)
	got_n = 0
	status = ""
	command = "cd '" dir "' && sh '" script "' 2>&1 </dev/null; printf '\n\036%s\n' $?"
	while ((command | getline line) > 0)
		if (substr(line, 1, 1) == "\036")
			status = substr(line, 2)
		else
			got[++got_n] = line
	close(command)
	while (got_n > 0 && got[got_n] == "")
		got_n-- # the one of printf; what ends in empty lines is not told apart
}

function note(what) { print "# " what }

function compare(    i, cut, rest, bad) {
	run(example)
	for (cut = 1; cut <= shown_n && shown[cut] != "..."; cut++)
		;
	rest = cut <= shown_n ? shown_n - cut : 0
	bad = cut > shown_n ? shown_n != got_n : cut - 1 + rest > got_n
	for (i = 1; i < cut && !bad; i++)
		bad = shown[i] != got[i]
	for (i = 0; i < rest && !bad; i++)
		bad = shown[shown_n - i] != got[got_n - i]
	print (bad || status != 0) + 0, name ":" place ": " title
	if (status != 0)
		note("status " status)
	for (i = 1; bad && i <= shown_n; i++)
		note("shown: " shown[i])
	for (i = 1; (bad || status != 0) && i <= got_n; i++)
		note("found: " got[i])
}

function renew(    i, cut, rest) {
	run(example)
	if (status != 0)
		print name ":" place ": status " status ": " title >"/dev/stderr"
	for (cut = 1; cut <= shown_n && shown[cut] != "..."; cut++)
		;
	if (cut > shown_n) {
		for (i = 1; i <= got_n; i++)
			print got[i]
		return
	}
	rest = shown_n - cut
	for (i = 1; i < cut; i++)
		print got[i]
	print "..."
	for (i = got_n - rest + 1; i <= got_n; i++)
		print got[i]
}

function finish() {
	if (example == "")
		return
	if (update == "yes")
		renew()
	else if (needs != "" && system("command -v " needs " >/dev/null 2>&1") != 0)
		print 2, name ":" place ": no " needs
	else
		compare()
	example = ""
}

man == "yes" ? /^\.EX/ : /^```console/ {
	inside = 1
	needs = $2 == "needs" ? $3 : ""
	if (update == "yes")
		print
	next
}
inside && (man == "yes" ? /^\.EE/ : /^```/) {
	finish()
	inside = 0
	if (update == "yes")
		print
	next
}
!inside {
	if (update == "yes")
		print
	next
}
/^\$ / {
	finish()
	title = substr(plain($0), 3)
	example = title
	place = NR
	shown_n = 0
	is_open = 1
	if (update == "yes")
		print
	next
}
/^> / && is_open {
	example = example "\n" substr(plain($0), 3)
	if (update == "yes")
		print
	next
}
{
	is_open = 0
	if (example != "")
		shown[++shown_n] = plain($0)
	else if (update == "yes")
		print
}
