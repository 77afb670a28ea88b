//! English wishes and urgent matters: whole words, one space between them.

/// Words for a person who answers.
pub(in crate::decision) const PERSON: &str = "\
    human person agent someone somebody representative rep operator advisor staff support people specialist \
    employee";

/// Words for reaching somebody.
pub(in crate::decision) const REACH: &str = "\
    talk speak chat connect transfer reach contact call need want get";

/// Words that may stand between the two.
pub(in crate::decision) const BETWEEN: &str = "\
    to with a an the real live actual human me through support your please customer service some";

/// Whole wishes for a person.
pub(in crate::decision) const WISHES: &str = "\
    live chat|live agent|human agent|real person|real human|customer service representative";

/// A question that begins so wants to know something, however grave its words.
pub(in crate::decision) const ASKS: &str = "\
    how do i|how do you|how can i|how to|how long|how does|how is|how are|what is|what are|what does|what happens|\
    what counts|where|which|when|who|can i|can you|do you|does|is there|are there|should i|may i";

/// Matters that cannot wait, in whatever sentence: someone's life, a hand on somebody else's account.
pub(in crate::decision) const URGENT: &str = "\
    kill myself|hurt myself|end my life|suicide|suicidal|going to die|is threatening me|threatened to kill|\
    call 911|call an ambulance|caught fire|is on fire|been hacked|got hacked|was hacked|account is hacked|\
    someone stole my|stole my account|someone else is using my account|used my card without|unauthorized charge|\
    unauthorised charge|identity theft|urgent help|this is an emergency|it's an emergency|its an emergency";

/// Matters that cannot wait, unless the sentence asks how something is done.
pub(in crate::decision) const GRAVE: &str = "\
    emergency|charged me twice|charged twice|double charged|charged two times|i want my money back|\
    want my money back now|give me my money back|give me back my money|give my money back|refuse to refund|\
    refuses to refund|refused to refund|refused my refund|won't refund|still no refund|never got my refund|\
    still haven't received my refund|still waiting for my refund|you stole my money|took my money|scammed me|\
    dispute the charge|dispute this charge|my lawyer|my attorney|a lawyer|legal action|sue you|suing you|will sue|\
    going to sue|see you in court|report you to|consumer protection agency|everything is down|site is down|\
    website is down|service is down|server is down|servers are down|system is down|whole system is down|\
    app is down|is down for everyone|nothing works|nothing is working|nobody can log in|no one can log in|\
    this is ridiculous|that is ridiculous|this is unacceptable|this is outrageous|this is a joke|worst service|\
    worst support|worst company|nobody answers|nobody is answering|no one answers|no one is answering|\
    nobody responds|no one responds|i am furious|i'm furious|fed up with|sick of this|sick and tired|fuck|fucking|\
    fuck you|bullshit|piece of shit|this sucks|wtf|you idiots|piece of crap";
