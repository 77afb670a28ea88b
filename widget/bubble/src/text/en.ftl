### What the bubble says in English. Short, plain, honest; no exclamation marks.

# Panel and header
panel = Help
close = Close help
browse = Browse articles
back = Back
language = Language
conversation = Conversation
clear = Clear this conversation
save = Save this conversation

# Composer
ask-label = Ask a question
ask = Ask
looking = Looking…
loading = Getting the articles…

# Greeting
greeting = What can I look up for you?
suggestions = Suggestions

# Answers
you-asked = You asked:
answer-label = Automatic answer · from:
picked-label = From:
read = Read the article
more = Show more
less = Show less
helped = This helped
not-helped = This did not help
helped-thanks = Noted. This stays in your browser.
not-helped-others = These may be closer:
not-helped-person = A person can help.
choose = Which of these is closest?
shown-above = Shown above:
only-in = This is only available in { $language }.

# Nothing sure
not-found = I did not find this in our articles.
not-found-person = I did not find this in our articles. A person can help.
searched = { $n ->
    [one] Searched: one article of { $name }.
   *[other] Searched: { $n } articles of { $name }.
 }
searched-unnamed = { $n ->
    [one] Searched: one article.
   *[other] Searched: { $n } articles.
 }
closest = The closest I have:
wants-person = A person can take this.
urgent = This should not wait for an automatic answer. Please turn to a person.
no-person = This site has not given a way to reach a person here.

# A person
person = Talk to a person
person-mail = Write an e-mail
person-phone = Call
person-page = Open the contact page
person-new-tab = opens in a new tab
person-by-mail = by e-mail
person-by-phone = by phone
person-desk = Write to a person
unread = New replies:
connecting = Connecting…
desk-down = The desk cannot be reached at the moment. We keep trying.

# Search is not there
unavailable = Search is not available right now. The articles can still be read.
unavailable-alone = Search is not available right now.
help-centre = Open the help centre
again = Try again

# Article
updated = Updated { $date }
contents = On this page
article-missing = This article could not be opened.
article-page = Open its page
table = Table
copy = Copy
copied = Copied.
related = Related articles
code = Code
footnote = Footnote { $number }
done = done
not-done = not done
note = Note
tip = Tip
important = Important
warning = Warning
caution = Caution
articles-in = { $n ->
    [one] one article
   *[other] { $n } articles
 }
recent = Read lately
other-articles = Other articles
no-articles = There are no articles yet.
