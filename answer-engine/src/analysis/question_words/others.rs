//! The same of the other languages that have a list; only builds that carry their stemmers have them.

pub(super) const GERMAN: &str = "\
    am an auf aus bei bin bitte das dass dem den der des die durch ein eine einem einen einer eines er es für gibt \
    habe haben hat hatte ich ihr im in ist kann man mein meine mit nach sich sie sind und von wann war waren warum \
    was welche welchem welchen welcher welches wem wen wer werden weshalb wie wieso wir wird wo wofür woher wohin \
    womit worden wurde wurden zu zum zur";
pub(super) const SPANISH: &str = "\
    a al como con cual cuando cuanto cuál cuáles cuándo cuánta cuántas cuánto cuántos cómo de del desde donde \
    dónde el en era eran es está están fue fueron ha hace hay hola la las le les lo los me mi mis para por porque \
    puedo que quien quién quiénes qué se ser si son su sus tiene tienen tipo un una y";
pub(super) const FRENCH: &str = "\
    a ai au aux avec bonjour ce cette combien comment dans de des du elle en est et il ils je la le les ma me mes \
    mon où par peut peux pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s'il se sont sur un \
    une été";
pub(super) const ITALIAN: &str = "\
    a al alla che chi ciao come con cosa da dei del della di dove e gli ha hanno i il in io la le lo mi mia mio \
    nel o per perché posso quale quali quando quanti quanto si sono stato su un una è";
pub(super) const PORTUGUESE: &str = "\
    a ao as com como da das de do dos e em eu foi foram há meu minha na no o olá onde os para por porque posso \
    quais qual quando quanto que quem se são um uma é";
pub(super) const DUTCH: &str = "\
    aan als bij dat de die dit door een en er hallo heb heeft het hoe hoeveel ik in is je kan kun met mij mijn \
    naar of om op te van voor waar waarom wanneer was wat welk welke wie wordt zijn";
pub(super) const RUSSIAN: &str = "\
    был была были было в где для до его ее есть и из как какая какие каких какова каково какого какое какой каком \
    какую когда кого кому которая которые который кто ли мне можно мой моя на о он они от по почему при с сколько \
    у чего чем что это я";
pub(super) const TURKISH: &str = "\
    bana ben benim bir bu da de hangi hangisi ile için kadar kim kimdir kimin kimler mi mu mü mı nasıl ne neden \
    nedir nelerdir nerede nereden nereye niçin olan olarak oldu ve zaman";
pub(super) const GREEK: &str = "\
    ήταν από για γιατί είναι είχε η και με μου να ο οι ποιά ποια ποιες ποιο ποιοι ποιον ποιος ποιου ποιό ποιόν \
    ποιός ποσα που πού πόσα πόσες πόσο πόσοι πότε πώς σε στα στη στην στο στον τα τη την της τι το τον του των";
pub(super) const ARABIC: &str = "\
    أنا أي أين إلى التي الذي على عن عند في كان كانت كم كيف لماذا ما ماذا متى مع من هذا هذه هل هو هي";
pub(super) const HINDI: &str = "\
    आप इस उस एक और कब कहाँ कहां का कितना कितनी कितने किन किया किस किसका किसकी किसके किसको किसने किससे किसे की के \
    कैसे को कौन क्या क्यों गया जाता था थी थे द्वारा ने पर में मैं यह वह से है हैं हो";
