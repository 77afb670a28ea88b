### What the console says in English. Short, plain, honest; no exclamation marks.

product = Porchlight
titled = { $what } · Porchlight
titled-waiting = ({ $n ->
   *[other] { $n }
 }) { $what } · Porchlight

# Signing in
sign-in-title = Sign in to the desk
email = Email
password = Password
sign-in = Sign in
signing-in = Signing in…
session-ended = Your session has ended. Sign in to go on where you were.
signed-out = You are signed out.
signed-out-unsent = { $n ->
    [one] You are signed out. Replies in one conversation are not sent yet; they stay in this browser and go out when you sign in again.
   *[other] You are signed out. Replies in { $n } conversations are not sent yet; they stay in this browser and go out when you sign in again.
 }
fields-empty = Fill in email and password.
wrong-password = Email or password is wrong.
too-many-tries = Too many tries. Wait a few minutes, then try again.
desk-unreachable = The desk cannot be reached. Try again.
desk-refused = The desk refused: { $detail }
asking = Asking the desk…

# Header
sign-out = Sign out
still-in = Not signed out: the desk cannot be reached. Try again.
language = Language
keys = Keys
cut-off = Not connected. Trying again.
try-now = Try now
outdated = This page and the desk are of different versions. Reload the page.
reload = Reload

# Queue
queue = Queue
waiting-now = { $n ->
    [0] nobody waits
    [one] one waits
   *[other] { $n } wait
 }
arrived = { $new ->
    [one] One more visitor waits; { $waiting } in all.
   *[other] { $new } more visitors wait; { $waiting } in all.
 }
waiting = Waiting
mine = Mine
others = Others
closed-lately = Closed lately
nobody-waits = Nobody waits.
all-assigned = All are assigned.
loading-queue = Getting the queue…
visitor = Visitor { $receipt }
waits = waits { $span }
over-promise = { $n ->
   *[other] over { $n } min
 }
answered = answered
not-sent-mark = reply not sent yet
minutes = { $n ->
   *[other] { $n } min
 }
moment = under 1 min
hours = { $h ->
   *[other] { $h } h
 }{ $m ->
    [0] { "" }
   *[other] { " " }{ $m } min
 }
days = { $n ->
    [one] 1 day
   *[other] { $n } days
 }

# Where a conversation stands
stands-waiting = not assigned
stands-mine = assigned to you
stands-others = assigned to { $name }
stands-closed = closed

# Causes
cause-visitor-chose = chose to talk to a person
cause-asked-for-person = asked for a person
cause-urgent = urgent
cause-low-confidence = nothing sure was found
cause-no-match = nothing was found
cause-not-helped = the answer did not help
cause-search-unavailable = the search could not run

# Conversation
conversation = Conversation
choose-conversation = Choose a conversation from the queue.
loading-conversation = Getting the conversation…
no-conversation = There is no such conversation.
back = Back to the queue
assign = Assign to me
close = Close
reopen = Reopen
step-unreachable = Not done: the desk cannot be reached. Try again.
step-refused = Not done. { $detail }
newer = Newer messages below

# What came before the hand-off
before = Automatic, before the hand-off
asked = The visitor asked
shown-answer = Automatic answer
shown-choice = Automatic choice of articles
shown-again = The answer was the same as before: others were offered
shown-nothing = Nothing sure was found
shown-closest = Shown as the closest
chose = The visitor chose
opened = The visitor opened
no-search = The search could not run.
no-entries = Nothing was asked or shown before.
removed = { $n ->
    [one] The visitor removed one line before sending.
   *[other] The visitor removed { $n } lines before sending.
 }
reason-confident = the first article was sure enough
reason-tie = several articles were close
reason-low-confidence = nothing was sure enough
reason-no-match = nothing matched
reason-asked-for-person = the question asked for a person
reason-urgent = the question was urgent
helped = It helped, the visitor said.
not-helped = It did not help, the visitor said.
version = version { $version }
figure = { $n ->
   *[other] { $n }%
 }
sure = sure
likely = likely
unsure = unsure
passage = Passage

# Events
handed-off = Handed off
joined = { $name } joined
closed-by = Closed by { $name }
closed-by-visitor = Closed by the visitor
reopened-by = Reopened by { $name }
reopened-by-visitor = Reopened by the visitor
you = { $name } (you)

# Replies
reply = Reply
send = Send
sending = Sending…
kept = Not sent. We keep it here and try again.
sent = Sent
not-sent = Not sent. { $detail }
edit-again = Edit again
discard = Discard
reply-assigns = Sending assigns the conversation to you.
reply-others = { $name } has this conversation. Your reply goes out under your name.
reply-closed = This conversation is closed. A reply does not reopen it; an answer of the visitor does.
too-long = The text is too long: at most { $n ->
   *[other] { $n }
 } bytes. Send it in parts.

# Brief
brief = Brief
hide-brief = Hide the brief
urgent-cause = Urgent: handed off as urgent
urgent-question = Urgent: a question sounds so
urgent-message = Urgent: the message sounds so
question = Question
questions-before = Asked before
cause = Cause
how-sure = Certainty
page = Page
spoken = Language
the-visitor = The visitor
name = Name
mail = Email
none-given = not given
receipt = Receipt
handed-off-at = Handed off
waits-for-reply = Waits
since = since { $time }
articles = Articles
suggested = Suggested articles
mark-shown = shown
mark-answered = shown as the answer
mark-chosen = chosen
mark-rejected = did not help
mark-helped = helped
mark-opened = opened
no-articles = No article was shown.
new-tab = opens in a new tab

# Keys
keys-title = Keys
keys-note = They work while no text is being typed.
shortcuts = Use single keys
key-move = Next and previous conversation in the queue
key-arrows = The same, in the queue
key-open = Open the conversation
key-queue = To the queue
key-reply = Write a reply
key-escape = Leave the reply box or the brief
key-send = Send; with Shift a new line
key-assign = Assign to me
key-close = Close the conversation
key-brief = To the brief
key-keys = This list
done = Done
