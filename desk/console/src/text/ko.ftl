### 상담 화면이 한국어로 하는 말. 짧고 쉽고 정직하게.

product = Porchlight
titled = { $what } · Porchlight
titled-waiting = ({ $n }) { $what } · Porchlight

# 로그인
sign-in-title = 상담 데스크 로그인
email = 이메일
password = 비밀번호
sign-in = 로그인
signing-in = 로그인하고 있어요…
session-ended = 로그인이 만료됐어요. 다시 로그인하면 하던 일을 이어갈 수 있어요.
signed-out = 로그아웃했어요.
signed-out-unsent = 로그아웃했어요. 대화 { $n }건에 아직 보내지 못한 답장이 있어요. 이 브라우저에 남아 있다가 다시 로그인하면 보내요.
fields-empty = 이메일과 비밀번호를 입력해 주세요.
wrong-password = 이메일이나 비밀번호가 맞지 않아요.
too-many-tries = 시도가 너무 많았어요. 몇 분 뒤에 다시 시도해 주세요.
desk-unreachable = 데스크에 연결할 수 없어요. 다시 시도해 주세요.
desk-refused = 데스크가 거절했어요: { $detail }
asking = 데스크에 연결하고 있어요…

# 머리글
sign-out = 로그아웃
still-in = 로그아웃하지 못했어요. 데스크에 연결할 수 없어요. 다시 시도해 주세요.
language = 언어
keys = 단축키
cut-off = 연결이 끊겼어요. 다시 연결하고 있어요.
try-now = 지금 다시 시도
outdated = 이 화면과 데스크의 버전이 달라요. 화면을 새로 고쳐 주세요.
reload = 새로 고침

# 대기열
queue = 대기열
waiting-now = { $n ->
    [0] 기다리는 방문자가 없어요
   *[other] { $n }명 대기 중
 }
arrived = 방문자 { $new }명이 더 기다려요. 모두 { $waiting }명이에요.
waiting = 대기 중
mine = 내 대화
others = 다른 상담원
closed-lately = 최근 종료
nobody-waits = 기다리는 방문자가 없어요.
all-assigned = 모두 담당자가 있어요.
loading-queue = 대기열을 가져오고 있어요…
visitor = 방문자 { $receipt }
waits = { $span } 대기
over-promise = { $n }분 넘음
answered = 답장함
not-sent-mark = 보내지 못한 답장 있음
minutes = { $n }분
moment = 1분 미만
hours = { $h }시간{ $m ->
    [0] { "" }
   *[other] { " " }{ $m }분
 }
days = { $n }일

# 대화의 상태
stands-waiting = 담당자 없음
stands-mine = 내 담당
stands-others = { $name } 담당
stands-closed = 종료됨

# 연결 사유
cause-visitor-chose = 상담원 연결을 선택
cause-asked-for-person = 상담원을 찾음
cause-urgent = 긴급
cause-low-confidence = 확실한 답을 못 찾음
cause-no-match = 아무것도 못 찾음
cause-not-helped = 답이 도움이 안 됨
cause-search-unavailable = 검색을 쓸 수 없었음

# 대화
conversation = 대화
choose-conversation = 대기열에서 대화를 골라 주세요.
loading-conversation = 대화를 가져오고 있어요…
no-conversation = 없는 대화예요.
back = 대기열로 돌아가기
assign = 나에게 배정
close = 종료
reopen = 다시 열기
step-unreachable = 처리하지 못했어요. 데스크에 연결할 수 없어요. 다시 시도해 주세요.
step-refused = 처리하지 못했어요. { $detail }
newer = 아래에 새 메시지가 있어요

# 연결 전
before = 상담원 연결 전 자동 안내
asked = 방문자의 질문
shown-answer = 자동 답변
shown-choice = 자동으로 보여 준 문서 후보
shown-again = 앞과 같은 답이라 다른 문서를 보여 줌
shown-nothing = 확실한 답을 찾지 못함
shown-closest = 가장 가까운 문서로 보여 줌
chose = 방문자가 고른 문서
opened = 방문자가 연 문서
no-search = 검색을 쓸 수 없었어요.
no-entries = 이전에 묻거나 보여 준 것이 없어요.
removed = 방문자가 보내기 전에 { $n }줄을 지웠어요.
reason-confident = 첫 문서가 충분히 확실함
reason-tie = 여러 문서가 비슷하게 가까움
reason-low-confidence = 충분히 확실한 문서가 없음
reason-no-match = 맞는 문서가 없음
reason-asked-for-person = 질문에서 상담원을 찾음
reason-urgent = 급한 질문
helped = 방문자: 도움이 됐어요.
not-helped = 방문자: 도움이 안 됐어요.
version = 버전 { $version }
figure = { $n }%
sure = 확실
likely = 가능성 있음
unsure = 불확실
passage = 보여 준 내용

# 있었던 일
handed-off = 상담원에게 연결
joined = { $name } 님이 참여했어요
closed-by = { $name } 님이 종료했어요
closed-by-visitor = 방문자가 종료했어요
reopened-by = { $name } 님이 다시 열었어요
reopened-by-visitor = 방문자가 다시 열었어요
you = { $name } (나)

# 답장
reply = 답장
send = 보내기
sending = 보내는 중…
kept = 아직 보내지 못했어요. 저장해 두고 다시 보낼게요.
sent = 보냄
not-sent = 보내지 못했어요. { $detail }
edit-again = 다시 쓰기
discard = 버리기
reply-assigns = 보내면 이 대화가 나에게 배정돼요.
reply-others = { $name } 님이 담당하는 대화예요. 답장은 내 이름으로 나가요.
reply-closed = 종료된 대화예요. 답장해도 다시 열리지 않고, 방문자가 답하면 다시 열려요.
too-long = 글이 너무 길어요. 최대 { $n }바이트예요. 나누어 보내 주세요.

# 요약
brief = 요약
hide-brief = 요약 닫기
urgent-cause = 긴급: 급한 일로 연결됨
urgent-question = 긴급: 질문이 급해 보임
urgent-message = 긴급: 메시지가 급해 보임
question = 질문
questions-before = 이전 질문
cause = 연결 사유
how-sure = 확실함
page = 페이지
spoken = 언어
the-visitor = 방문자
name = 이름
mail = 이메일
none-given = 남기지 않음
receipt = 접수 번호
handed-off-at = 연결 시각
waits-for-reply = 답장 대기
since = { $time }부터
articles = 문서
suggested = 추천 문서
mark-shown = 보여 줌
mark-answered = 답으로 보여 줌
mark-chosen = 고름
mark-rejected = 도움 안 됨
mark-helped = 도움 됨
mark-opened = 열어 봄
no-articles = 보여 준 문서가 없어요.
new-tab = 새 탭에서 열려요

# 단축키
keys-title = 단축키
keys-note = 글을 입력하지 않을 때 쓸 수 있어요.
shortcuts = 한 글자 단축키 사용
key-move = 대기열의 다음 대화, 이전 대화
key-arrows = 같은 이동 (대기열 안에서)
key-open = 대화 열기
key-queue = 대기열로
key-reply = 답장 쓰기
key-escape = 답장 입력란이나 요약에서 나가기
key-send = 보내기. Shift와 함께 누르면 줄 바꿈
key-assign = 나에게 배정
key-close = 대화 종료
key-brief = 요약으로
key-keys = 이 목록
done = 완료
