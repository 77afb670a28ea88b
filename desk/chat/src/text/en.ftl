### What the chat says in English. Short, plain, honest; no exclamation marks.

# The page
heading = Talk to a person
back = Back
outside = This page is part of a help panel and shows nothing by itself. Open the help on the site that you came from.
waiting = Getting ready…

# The form
message = Message
name = Name (optional)
email = Email (optional)
send = Send
nothing-sent = Nothing is sent before you press Send.
sent-as = Will be sent as:
message-missing = Write a message first.
message-long = This message is too long. Send the rest of it later, in the conversation.
name-long = This name is too long. Shorten it.
email-wrong = This does not look like an e-mail address. Correct it, or leave it empty.
too-much = This is more than can be sent at once. Leave some of it out.
refused = The desk did not take this: { $detail }
gone = Your earlier conversation cannot be opened any more. What you send here begins a new one.
gone-unsent = Your earlier conversation cannot be opened any more. What was not sent is in the message below; sending it begins a new one.

# What will be sent
preview = This is what will be sent. Remove what you do not want to share.
page = Page
language = Language
cause = Reason
cause-visitor-chose = You chose to talk to a person.
cause-asked-for-person = You asked for a person.
cause-urgent = Your question is urgent.
cause-low-confidence = Nothing that was found was sure enough.
cause-no-match = Nothing was found.
cause-not-helped = The answer did not help.
cause-search-unavailable = The search was not available.
you-asked = You asked:
shown-answer = Automatic answer shown:
shown-choice = Close articles shown:
shown-again = The same answer again, so others were shown:
shown-closest = Nothing sure was found. The closest shown:
shown-nothing = Nothing was found.
shown-asked = You asked for a person.
shown-urgent = It was taken for urgent.
you-chose = You chose:
you-opened = You opened:
search-unavailable = The search was not available.
sure = sure ({ $percent }%)
fairly-sure = fairly sure ({ $percent }%)
not-sure = not sure ({ $percent }%)
overall = How sure the search was: { $sure }
helped = You said: This helped
not-helped = You said: This did not help
whole = Show all of it
short = Show less
strike = Leave out
unstrike = Put back
left-out = Left out
left-out-count = { $n ->
    [one] One entry is left out. The person sees how many are, not what they say.
   *[other] { $n } entries are left out. The person sees how many are, not what they say.
 }
no-entries = You have not asked anything yet, so there is only your message.
redacted-card = card number, taken out
redacted-resident = resident registration number, taken out
redacted-key = key or password, taken out
redacted = Where it says so, a card number, a resident registration number or a key was taken out.
raw = Show it exactly as it is sent

# Sending
sending = Sending…
not-sent = Not sent. We keep it here and try again.
not-sent-memory = Not sent. It is only in this page: keep the page open. We try again.
try-now = Try now
edit = Change it
sent = Sent.
sent-wait-unknown = Sent. We do not know yet how long it takes.
sent-place = Sent. You are number { $position }; { $wait }.
sent-place-unknown = Sent. You are number { $position }. We do not know yet how long it takes.
wait-range = about { $from }-{ $to } minutes
wait-about = { $n ->
    [one] about one minute
   *[other] about { $n } minutes
 }
wait-up-to = { $n ->
    [one] up to one minute
   *[other] up to { $n } minutes
 }
receipt = Receipt { $receipt }

# The conversation
conversation = Conversation
you = You:
joined = { $name } has joined.
closed-by = { $name } closed the conversation.
reopened = The conversation is open again.
closed = This conversation is closed. Write again to open it.
message-sending = Sending
message-sent = Sent
message-waiting = Not sent yet. We keep trying.
message-refused = Not sent: { $detail }
message-too-large = Not sent: it is too large. Send it in parts.
put-back = Put it back into the box
away = Not connected. We keep trying.
outdated = This page and the desk are of different versions. Load it again to go on.
load-again = Load again
only-here = Your browser keeps nothing for this page. What is not sent is lost when you leave it.
start-new = Start a new conversation
start-new-sure = This conversation cannot be opened from here afterwards.
start-new-yes = Yes, start a new one
below = New messages below
