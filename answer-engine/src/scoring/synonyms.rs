//! Words that mean the same: those that a site names, and spellings of Korean loanwords.

use super::{look_up::Variant, terms::WordTerm};
use crate::analysis::Analyzer;

/// Korean words that are spelled, shortened or borrowed in several ways. Only what means the same everywhere stands here;
/// a site's own words belong into its `kb.toml`. One text, for a table of addresses would take more bytes than the words.
const KOREAN: &str = "\
    메시지 메세지|콘텐츠 컨텐츠|앱 어플 애플리케이션 어플리케이션|비밀번호 비번 패스워드 암호|로그인 로긴|\
    로그아웃 로가웃|아이디 id|홈페이지 홈피|설정 세팅 셋팅|오류 에러|캐시 캐쉬|업데이트 업뎃|업그레이드 업글|\
    다운로드 다운 내려받기|이메일 메일 이멜 email|액세스 악세스 엑세스|채팅 챗|디렉터리 디렉토리|라이선스 라이센스|\
    컨트롤러 콘트롤러|튜토리얼 튜터리얼|알고리즘 알고리듬|데이터 데이타|서버 써버|서비스 써비스|윈도우 윈도|\
    컴퓨터 컴터 컴퓨타|프로필 프로파일|휴대폰 핸드폰 휴대전화|카카오톡 카톡|인스타그램 인스타|페이스북 페북|\
    템플릿 탬플릿 템플렛|배지 뱃지|타깃 타겟|렌더링 랜더링|위젯 위짓|브라우저 브라우져|매뉴얼 메뉴얼|리포트 레포트|\
    심벌 심볼";

/// Groups of words that mean the same; each word in terms, several for one of several words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonyms(Vec<Vec<Vec<String>>>);

impl Synonyms {
    /// A site's groups, each word as its terms with spaces between them, and those that are built in.
    pub fn new(site: &[Vec<String>], analyzer: &Analyzer) -> Self {
        let mut groups = Vec::new();
        for group in site {
            let mut words = Vec::new();
            for word in group {
                words.push(word.split(' ').filter(|term| !term.is_empty()).map(str::to_owned).collect());
            }
            groups.push(words);
        }
        for group in KOREAN.split('|') {
            let mut words = Vec::new();
            for word in group.split(' ') {
                words.push(analyzer.words(word).into_iter().map(|token| token.term).collect());
            }
            groups.push(words);
        }
        Self(groups)
    }

    /// Gives the question's words, `terms` in their order, what means the same as variants. Of a synonym of several words
    /// each counts its share.
    pub(super) fn add(&self, terms: &[&str], words: &mut [WordTerm], is_known: impl Fn(&str) -> bool) {
        for group in &self.0 {
            for said in group {
                if said.is_empty() || !terms.windows(said.len()).any(|window| window == said.as_slice()) {
                    continue;
                }
                for other in group.iter().filter(|other| *other != said) {
                    #[allow(clippy::cast_precision_loss, reason = "a few words")]
                    let weight = 1.0 / other.len() as f64;
                    for term in other.iter().filter(|term| !said.contains(*term) && is_known(term)) {
                        for word in words.iter_mut().filter(|word| said.contains(&word.term)) {
                            if word.variants.iter().all(|variant| variant.term != *term) {
                                word.variants.push(Variant { term: term.clone(), weight });
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The question's words, each with what stands for it.
    fn check(question: &str, expected: &str) {
        let analyzer = Analyzer::new(Some("english")).unwrap();
        let site = vec![
            vec!["bill".to_owned(), "invoic".to_owned()],
            vec!["login".to_owned(), "sign in".to_owned()],
            vec!["요금".to_owned(), "가격".to_owned()],
        ];
        let terms: Vec<String> = analyzer.words(question).into_iter().map(|token| token.term).collect();
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        let mut words: Vec<WordTerm> = terms
            .iter()
            .map(|term| WordTerm {
                term: (*term).to_owned(),
                repaired_from: None,
                asking: false,
                variants: Vec::new(),
                related: Vec::new(),
                known: true,
                idf: 1.0,
            })
            .collect();
        Synonyms::new(&site, &analyzer).add(&terms, &mut words, |term| term != "암호");
        let shown: Vec<String> = words
            .iter()
            .map(|word| {
                let others = word.variants.iter().map(|variant| format!("|{}:{}", variant.term, variant.weight));
                format!("{}{}", word.term, others.collect::<String>())
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{question}");
    }

    #[test]
    fn words_that_mean_the_same() {
        check("pay my bills", "pay my bill|invoic:1");
        check("login fails", "login|sign:0.5|in:0.5 fail");
        check("I sign in", "i sign|login:1 in|login:1");
        check("in sign", "in sign");
        check("요금이 얼마", "요금|가격:1 얼마");
        check("메세지 전송", "메세지|메시지:1 전송");
        check("비번을 잊었어요", "비번|비밀번호:1|패스워드:1 잊었어");
        check("어플 에러", "어플|앱:1|애플리케이션:1|어플리케이션:1 에러|오류:1");
        check("캐쉬 삭제", "캐쉬|캐시:1 삭제");
        check("홈피 셋팅", "홈피|홈페이지:1 셋팅|설정:1|세팅:1");
        check("", "");
    }
}
