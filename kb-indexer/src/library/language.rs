//! Which language an article is in, where it does not say so itself.

use answer_messages::{Event, Node};

use crate::{article::ParsedArticle, front_matter::language_tag};

/// ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is \
    it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na \
    nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr \
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// The slug without its language folder: translations share it.
pub(crate) fn without_language(article: &ParsedArticle) -> &str {
    match article.slug.split_once('/') {
        Some((top, rest)) if language_tag(top).as_deref() == Some(&article.lang) => rest,
        _ => &article.slug,
    }
}

/// The folders that name languages.
#[derive(Clone, Debug, Default)]
pub(super) struct Folders {
    /// (folder, tag)
    tags: Vec<(String, String)>,
}

impl Folders {
    /// Those of the top folders of `paths` that `languages` lists, or all of them if every one is a language tag.
    pub(super) fn of<'p>(paths: impl Iterator<Item = &'p str>, languages: &[String]) -> Self {
        let mut folders: Vec<&str> = paths.filter_map(|path| path.split_once('/')).map(|(top, _)| top).collect();
        folders.sort_unstable();
        folders.dedup();
        let all_are_tags = folders.iter().all(|folder| is_known_tag(folder));
        let tags = folders
            .into_iter()
            .filter_map(|folder| Some((folder.to_owned(), language_tag(folder)?)))
            .filter(|(_, tag)| all_are_tags || languages.contains(tag))
            .collect();
        Self { tags }
    }

    /// The language folder that `path` begins with, and its tag.
    pub(super) fn of_path<'p>(&self, path: &'p str) -> Option<(&'p str, &str)> {
        let (top, _) = path.split_once('/')?;
        let (_, tag) = self.tags.iter().find(|(folder, _)| folder == top)?;
        Some((top, tag))
    }
}

fn is_known_tag(text: &str) -> bool {
    language_tag(text).is_some_and(|tag| {
        let primary = tag.split('-').next().unwrap_or("");
        primary.len() == 2 && CODES.split(' ').any(|code| code == primary)
    })
}

/// The language that the script of an article tells, where it tells one. `default` decides among languages that share
/// a script. Code does not count.
pub(super) fn of_text(title: &str, events: &[Event], default: &str) -> Option<&'static str> {
    let mut counts = Counts::default();
    counts.add(title);
    let mut code = 0_usize;
    let mut open = Vec::new();
    for event in events {
        match event {
            Event::Open(node) => {
                let is_code = matches!(node, Node::CodeBlock(_));
                code += usize::from(is_code);
                open.push(is_code);
            }
            Event::Close => code -= usize::from(open.pop().unwrap_or(false)),
            Event::Text(text) if code == 0 => counts.add(text),
            _ => {}
        }
    }
    counts.language(default)
}

#[derive(Default)]
struct Counts {
    letters: usize,
    han: usize,
    kana: usize,
    ukrainian: usize,
    persian: usize,
    by_language: Vec<(&'static str, usize)>,
}

impl Counts {
    fn add(&mut self, text: &str) {
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            self.letters += 1;
            let language = match c {
                '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}' => "ko",
                '\u{3040}'..='\u{30FF}' => {
                    self.kana += 1;
                    continue;
                }
                '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{2FA1F}' => {
                    self.han += 1;
                    continue;
                }
                '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => "el",
                '\u{0400}'..='\u{052F}' => {
                    self.ukrainian += usize::from(matches!(c, 'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ'));
                    "ru"
                }
                '\u{0530}'..='\u{058F}' => "hy",
                '\u{0590}'..='\u{05FF}' => "he",
                '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FEFC}' => {
                    self.persian += usize::from(matches!(c, 'پ' | 'چ' | 'ژ' | 'گ' | 'ی' | 'ک'));
                    "ar"
                }
                '\u{0900}'..='\u{097F}' => "hi",
                '\u{0980}'..='\u{09FF}' => "bn",
                '\u{0A00}'..='\u{0A7F}' => "pa",
                '\u{0A80}'..='\u{0AFF}' => "gu",
                '\u{0B80}'..='\u{0BFF}' => "ta",
                '\u{0C00}'..='\u{0C7F}' => "te",
                '\u{0C80}'..='\u{0CFF}' => "kn",
                '\u{0D00}'..='\u{0D7F}' => "ml",
                '\u{0D80}'..='\u{0DFF}' => "si",
                '\u{0E00}'..='\u{0E7F}' => "th",
                '\u{0E80}'..='\u{0EFF}' => "lo",
                '\u{0F00}'..='\u{0FFF}' => "bo",
                '\u{1000}'..='\u{109F}' => "my",
                '\u{10A0}'..='\u{10FF}' => "ka",
                '\u{1200}'..='\u{139F}' => "am",
                '\u{1780}'..='\u{17FF}' => "km",
                _ => continue,
            };
            match self.by_language.iter_mut().find(|(known, _)| *known == language) {
                Some((_, count)) => *count += 1,
                None => self.by_language.push((language, 1)),
            }
        }
    }

    fn language(mut self, default: &str) -> Option<&'static str> {
        // Kana tells Japanese, whatever the share of Han; Han alone is Chinese.
        let east_asian = if self.kana * 20 >= self.han { "ja" } else { "zh" };
        self.by_language.push((east_asian, self.kana + self.han));
        self.by_language.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let (language, count) = self.by_language.first().copied()?;
        if count == 0 || count * 10 < self.letters * 3 {
            return None;
        }
        let language = match language {
            "ru" if self.ukrainian * 50 > count => "uk",
            "ar" if self.persian * 20 > count => "fa",
            known => known,
        };
        let primary = default.split('-').next().unwrap_or("");
        let shared: &[&str] = match language {
            "ru" | "uk" => &["ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt"],
            "ar" | "fa" => &["ar", "fa", "ur", "ps", "ug", "sd", "ku"],
            "hi" => &["hi", "mr", "ne", "sa"],
            "he" => &["he", "yi"],
            known if known == primary => return None,
            _ => &[],
        };
        if shared.contains(&primary) { None } else { Some(language) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Folders, of_text};

    #[test]
    fn folders_name_languages() {
        let check = |paths: &[&str], languages: &[&str], path: &str| {
            let languages: Vec<String> = languages.iter().map(|&tag| tag.to_owned()).collect();
            let folders = Folders::of(paths.iter().copied(), &languages);
            folders.of_path(path).map(|(folder, tag)| format!("{folder} {tag}"))
        };
        let both = ["en/a.md", "ko/a.md", "readme.md"];
        assert_eq!(check(&both, &[], "ko/a.md").as_deref(), Some("ko ko"));
        assert_eq!(check(&both, &[], "readme.md"), None);
        assert_eq!(check(&["en/a.md", "guide/a.md"], &[], "en/a.md"), None);
        assert_eq!(check(&["en/a.md", "guide/a.md"], &["en"], "en/a.md").as_deref(), Some("en en"));
        assert_eq!(check(&["en/a.md", "guide/a.md"], &["en"], "guide/a.md"), None);
        assert_eq!(check(&["pt_br/a.md"], &["pt-BR"], "pt_br/a.md").as_deref(), Some("pt_br pt-BR"));
        assert_eq!(check(&["faq/a.md", "api/a.md"], &[], "faq/a.md"), None);
    }

    #[test]
    fn script_tells_the_language() {
        for (text, default, expected) in [
            ("비밀번호를 잊었어요", "en", Some("ko")),
            ("Kubernetes 클러스터를 업그레이드하는 방법입니다", "en", Some("ko")),
            ("비밀번호를 잊었어요", "ko", None),
            ("パスワードを忘れた場合", "en", Some("ja")),
            ("忘记密码怎么办", "en", Some("zh")),
            ("ลืมรหัสผ่าน", "en", Some("th")),
            ("Забыли пароль?", "en", Some("ru")),
            ("Забыли пароль?", "bg", None),
            ("Як змінити свій пароль і її", "en", Some("uk")),
            ("Mot de passe oublié", "en", None),
            ("The Korean word 안녕 means hello in English", "en", None),
            ("", "en", None),
        ] {
            assert_eq!(of_text(text, &[], default), expected, "{text}");
        }
    }
}
