//! Korean wishes and urgent matters, compared without spaces: visitors leave them out.

/// Whole wishes for a person.
pub(in crate::decision) const WISHES: &str = "\
    상담원연결 상담사연결 상담원과 상담원이랑 상담원바꿔 상담원불러 상담원좀 상담사좀 상담사바꿔 사람과대화 \
    사람이랑대화 사람과얘기 사람이랑얘기 사람과이야기 사람이랑이야기 사람연결 사람바꿔 직원연결 직원바꿔 \
    상담하고싶 상담받고싶";

/// A question that holds one of these wants to know something.
pub(in crate::decision) const ASKS: &str = "\
    어떻게 방법 무엇 뭔가요 뭐예요 뭐에요 어디 언제 하나요 있나요 되나요 인가요 할까요 얼마나 무슨 어떤 가능한가요 \
    절차 기준 설명 알려주 이란 하려면";

/// Matters that cannot wait, in whatever sentence.
pub(in crate::decision) const URGENT: &str = "\
    자살 죽고싶 자해 응급실 응급상황 협박당 협박받 불이났 119불러 신변위협 해킹당 해킹됐 해킹되었 도용당 도용됐 \
    도용되었 긴급상황 긴급합니다 긴급해요 급합니다도와 누가제계정 누가내계정";

/// Matters that cannot wait, unless the sentence asks how something is done.
pub(in crate::decision) const GRAVE: &str = "\
    응급 이중결제됐 이중결제되 이중결제당 두번결제됐 두번결제되었 두번결제됨 중복결제됐 중복결제되었 결제가두번 \
    돈돌려줘 돈돌려주세요 돈돌려달라 내돈내놔 당장환불 환불안해주 환불을안해주 환불해주지않 환불거부 환불을거부 \
    환불거절당 환불분쟁 아직도환불 환불이아직도 사기당 사기치 사기꾼 소송하겠 소송할 소송걸 소송을걸 소송제기 \
    소송을제기 변호사 고소하겠 고소할 고소합니다 고발하겠 고발할 법적대응 법적조치 법적으로대응 소비자원에신고 \
    소비자보호원 경찰에신고 내용증명 먹통 서비스장애 서버장애 장애났 장애가났 장애가발생 장애발생 장애인가 \
    서버다운됐 서버가다운 서버죽었 서버가죽었 서버터졌 서버가터졌 전부안돼 전부안됩니다 다안돼요 아무것도안돼 \
    아무것도안됩니다 전체가안돼 사이트가안열 접속이아예안 화나네 화가나 화났 짜증나 짜증이 짜증난 열받 빡치 빡쳐 \
    빡친 어이없 어이가없 장난하나 장난하냐 장난해 장난합니까 미치겠 최악이 최악의서비스 쓰레기같 씨발 시발 병신 \
    개새끼 지랄 좆같 엿같";

/// What looks like one of these, and is none.
pub(in crate::decision) const HARMLESS: &str = "\
    시발점 시발역 환경변수 응급의료정보 자살예방 변호사등록 변호사회원 장애인가이드 장애인가입 장애인가능 \
    장애인가족";
