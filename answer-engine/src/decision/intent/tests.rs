use proptest::prelude::*;

use super::*;

fn check(questions: &str, expected: Option<Intent>) {
    for question in questions.lines().map(str::trim) {
        assert_eq!(intent(question), expected, "{question}");
    }
}

#[test]
fn wishes_for_a_person() {
    check(
        "I want to talk to a real person
        Can I speak with someone please?
        connect me to an agent
        let me talk to support
        HUMAN
        상담원 연결해 주세요
        상담사 바꿔 주세요
        사람이랑 얘기하고 싶어요
        직원 연결 부탁드려요",
        Some(Intent::Person),
    );
}

#[test]
fn urgent_in_english() {
    check(
        "my account has been hacked
        I was charged twice and nobody answers
        I want my money back now
        you charged me twice!
        They refuse to refund my order
        Still no refund after six weeks
        Give me my money back
        you stole my money
        My lawyer will contact you
        I will sue you
        I am going to sue if this is not fixed
        We are taking legal action.
        everything is down
        The whole system is down
        your servers are down again
        Hello. Our website is down. How do I restart it?
        nothing works since this morning
        nobody can log in
        this is ridiculous
        This is unacceptable, I have waited for a week
        worst support ever
        what the fuck
        this is bullshit
        I'm sick of this
        There is an unauthorized charge on my card
        someone stole my account
        I want to kill myself
        How do I end my life
        the battery caught fire
        This is an emergency",
        Some(Intent::Urgent),
    );
}

#[test]
fn not_urgent_in_english() {
    check(
        "How do I get a refund?
        How do I set an environment variable?
        what is a legal notice
        How do I reset my password?
        Which browsers do you support?
        need support for Korean
        What does an agent see?
        What happens if I was charged twice?
        Can I get my money back within 30 days?
        Where is the refund policy?
        How do I dispute this charge?
        How do I add my lawyer as a user?
        where do I put the legal text
        What is the status page when the site is down?
        How do I know whether the server is down?
        scroll down to the end of the page
        drop down menu does not open
        How do I kill a process?
        Do you have an emergency contact field?
        How to call a function when a button is pressed
        refund an order to another card
        how long does a refund take
        password hack protection settings
        Which courts have jurisdiction?
        What is two-factor authentication?
        The button doesn't work
        issue with login
        fire an event when a form is sent
        Sue Miller cannot see the calendar",
        None,
    );
    check("", None);
}

#[test]
fn urgent_in_korean() {
    check(
        "해킹당했어요
        계정이 해킹됐어요 도와주세요
        이중 결제됐어요
        결제가 두 번 됐는데 아무도 답이 없네요
        당장 환불해 주세요
        환불을 안 해주네요
        아직도 환불이 안 됐습니다
        환불 분쟁 신청합니다
        환불 거부당했습니다
        내 돈 내놔
        돈 돌려주세요
        사기당했습니다
        소송하겠습니다
        변호사 선임했습니다
        고소할 겁니다
        법적 대응 하겠습니다
        소비자원에 신고합니다
        서비스 장애
        사이트가 먹통이에요
        서버가 다운됐어요
        아무것도 안돼요
        안녕하세요. 지금 전부 안 돼요. 어떻게 하나요?
        화나네 진짜
        짜증나 죽겠네
        어이가 없네요
        장난하나
        씨발 뭐야
        죽고 싶어요
        카드를 도용당했어요
        협박당하고 있어요",
        Some(Intent::Urgent),
    );
}

#[test]
fn not_urgent_in_korean() {
    check(
        "비밀번호를 바꾸고 싶어요
        환불은 어떻게 받나요?
        환불 방법 알려주세요
        환불 기간이 얼마나 되나요
        환경 변수는 어떻게 설정하나요
        법적 고지가 무엇인가요
        이용 약관은 어디에 있나요
        소송 관련 문서는 어디에서 보나요?
        변호사 계정은 어떻게 추가하나요
        서버 장애가 나면 어떻게 하나요
        장애인 접근성을 지원하나요?
        장애인 가입 안내
        장애 알림 설정
        로그인이 안 돼요
        메일이 안 와요
        결제가 안 됩니다
        두 번 결제되면 환불되나요?
        화면이 나오지 않아요
        문화나눔 신청
        신고 기능은 어디에 있나요
        시발점 정보 표시
        열받침 기호 입력 방법
        비상 연락처 등록
        프로세스 종료하기
        경고를 끄고 싶어요
        서비스 다운로드
        전화 나누기 설정
        고소득자 공제",
        None,
    );
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        let _ = intent(&text);
    }
}
