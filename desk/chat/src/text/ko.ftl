### 상담 화면이 한국어로 하는 말. 짧고 쉽고 정직하게.

# 화면
heading = 상담원과 대화
back = 뒤로
outside = 이 페이지는 도움말 창의 일부라서 따로 열면 아무것도 없어요. 보시던 사이트에서 도움말을 열어 주세요.
waiting = 준비하고 있어요…

# 양식
message = 메시지
name = 이름 (선택)
email = 이메일 (선택)
send = 보내기
nothing-sent = 보내기를 누르기 전에는 아무것도 전달되지 않아요.
sent-as = 이렇게 전달돼요:
message-missing = 먼저 메시지를 써 주세요.
message-long = 메시지가 너무 길어요. 나머지는 대화를 시작한 뒤에 보내 주세요.
name-long = 이름이 너무 길어요. 줄여 주세요.
email-wrong = 이메일 주소가 아닌 것 같아요. 고치거나 비워 두세요.
too-much = 한 번에 보내기에는 너무 많아요. 일부를 빼 주세요.
refused = 상담 서버가 받지 않았어요: { $detail }
gone = 이전 대화는 더 이상 열 수 없어요. 여기에서 보내시면 새 대화가 시작돼요.
gone-unsent = 이전 대화는 더 이상 열 수 없어요. 전달되지 않은 내용은 아래 메시지에 있고, 보내시면 새 대화가 시작돼요.

# 전달될 내용
preview = 아래 내용이 전달돼요. 원하지 않는 부분은 지울 수 있어요.
page = 페이지
language = 언어
cause = 이유
cause-visitor-chose = 상담원과의 대화를 선택했어요.
cause-asked-for-person = 상담원을 찾았어요.
cause-urgent = 급한 질문이에요.
cause-low-confidence = 찾은 내용이 충분히 확실하지 않았어요.
cause-no-match = 찾은 내용이 없었어요.
cause-not-helped = 답변이 도움이 안 됐어요.
cause-search-unavailable = 검색을 쓸 수 없었어요.
you-asked = 내 질문:
shown-answer = 표시된 자동 답변:
shown-choice = 표시된 비슷한 문서:
shown-again = 앞과 같은 답이라 대신 표시된 문서:
shown-closest = 확실한 답은 없었어요. 표시된 가장 가까운 문서:
shown-nothing = 찾은 내용이 없었어요.
shown-asked = 상담원을 찾았어요.
shown-urgent = 급한 일로 보았어요.
you-chose = 선택한 문서:
you-opened = 열어 본 문서:
search-unavailable = 검색을 쓸 수 없었어요.
sure = 확실함 ({ $percent }%)
fairly-sure = 꽤 확실함 ({ $percent }%)
not-sure = 확실하지 않음 ({ $percent }%)
overall = 검색의 확신: { $sure }
helped = 내 평가: 도움이 됐어요
not-helped = 내 평가: 도움이 안 됐어요
whole = 모두 보기
short = 접기
strike = 빼기
unstrike = 다시 넣기
left-out = 뺀 항목
left-out-count = { $n }개를 뺐어요. 상담원은 몇 개인지만 알 수 있고 내용은 볼 수 없어요.
no-entries = 아직 질문하신 것이 없어서 메시지만 전달돼요.
redacted-card = 카드 번호, 지움
redacted-resident = 주민등록번호, 지움
redacted-key = 키 또는 비밀번호, 지움
redacted = 표시된 곳에서 카드 번호, 주민등록번호 또는 비밀 키를 지웠어요.
raw = 전달되는 그대로 보기

# 전달
sending = 보내는 중…
not-sent = 아직 전달되지 않았어요. 저장해 두고 다시 보낼게요.
not-sent-memory = 아직 전달되지 않았어요. 이 화면에만 있으니 닫지 말아 주세요. 다시 보낼게요.
try-now = 지금 다시 시도
edit = 고치기
sent = 전달했어요.
sent-wait-unknown = 전달했어요. 얼마나 걸릴지 아직 알 수 없어요.
sent-place = 전달했어요. 대기 순서 { $position }번, { $wait } 걸려요.
sent-place-unknown = 전달했어요. 대기 순서 { $position }번이에요. 얼마나 걸릴지 아직 알 수 없어요.
wait-range = 약 { $from }~{ $to }분
wait-about = 약 { $n }분
wait-up-to = 길어도 { $n }분
receipt = 접수 번호 { $receipt }

# 대화
conversation = 대화
you = 나:
joined = { $name } 님이 대화에 참여했어요.
closed-by = { $name } 님이 대화를 마쳤어요.
reopened = 대화가 다시 열렸어요.
closed = 대화가 끝났어요. 다시 쓰시면 대화가 열려요.
message-sending = 보내는 중
message-sent = 전달됨
message-waiting = 아직 전달되지 않았어요. 계속 시도하고 있어요.
message-refused = 전달되지 않았어요: { $detail }
message-too-large = 전달되지 않았어요. 너무 길어요. 나눠서 보내 주세요.
put-back = 입력란에 다시 넣기
away = 연결되지 않았어요. 계속 시도하고 있어요.
outdated = 이 화면과 상담 서버의 버전이 달라요. 계속하려면 다시 불러와 주세요.
load-again = 다시 불러오기
only-here = 이 브라우저는 이 화면의 내용을 저장하지 않아요. 전달되지 않은 내용은 화면을 떠나면 사라져요.
start-new = 새 대화 시작
start-new-sure = 새로 시작하면 지금 대화는 여기에서 다시 열 수 없어요.
start-new-yes = 네, 새로 시작할게요
below = 아래에 새 메시지
