### 도움말 창이 한국어로 하는 말. 짧고 쉽고 정직하게.

# 창과 머리글
panel = 도움말
close = 도움말 닫기
browse = 문서 둘러보기
back = 뒤로
language = 언어
conversation = 대화
clear = 대화 지우기
save = 대화 저장하기

# 입력
ask-label = 질문하기
ask = 질문
looking = 찾고 있어요…
loading = 문서를 가져오고 있어요…

# 인사
greeting = 무엇을 찾아드릴까요?
suggestions = 추천 질문

# 답
you-asked = 내 질문:
answer-label = 자동 답변 · 출처:
picked-label = 출처:
read = 문서 읽기
more = 더 보기
less = 접기
helped = 도움이 됐어요
not-helped = 도움이 안 됐어요
helped-thanks = 기록했어요. 이 브라우저에만 남아요.
not-helped-others = 이 문서가 더 가까울 수 있어요.
not-helped-person = 상담원이 도와드릴 수 있어요.
choose = 어떤 내용에 가까운가요?
shown-above = 위에서 보여 드렸어요:
only-in = 이 내용은 { $language }로만 있어요.

# 확실한 답이 없을 때
not-found = 문서에서 답을 찾지 못했어요.
not-found-person = 문서에서 답을 찾지 못했어요. 상담원이 도와드릴 수 있어요.
searched = { $name } 문서 { $n }개를 찾아봤어요.
searched-unnamed = 문서 { $n }개를 찾아봤어요.
closest = 가장 가까운 문서예요.
wants-person = 상담원이 도와드릴 수 있어요.
urgent = 자동 답변을 기다리기에는 급한 일이에요. 상담원에게 바로 알려 주세요.
no-person = 이 사이트에는 상담원에게 연락할 방법이 등록되어 있지 않아요.

# 상담원
person = 상담원과 대화
person-mail = 이메일 쓰기
person-phone = 전화하기
person-page = 문의 페이지 열기
person-new-tab = 새 탭에서 열려요
person-by-mail = 이메일로
person-by-phone = 전화로
person-desk = 상담원에게 쓰기
unread = 새 답장:
connecting = 연결하고 있어요…
desk-down = 지금은 상담 창구에 연결할 수 없어요. 계속 시도하고 있어요.

# 검색을 쓸 수 없을 때
unavailable = 지금은 검색을 쓸 수 없어요. 문서는 읽을 수 있어요.
unavailable-alone = 지금은 검색을 쓸 수 없어요.
help-centre = 도움말 센터 열기
again = 다시 시도

# 문서
updated = { $date } 수정
contents = 이 문서의 내용
article-missing = 문서를 열지 못했어요.
article-page = 문서 페이지 열기
table = 표
copy = 복사
copied = 복사했어요.
related = 관련 문서
code = 코드
footnote = 각주 { $number }
done = 완료
not-done = 미완료
note = 참고
tip = 도움말
important = 중요
warning = 주의
caution = 경고
articles-in = 문서 { $n }개
recent = 최근 읽은 문서
other-articles = 그 밖의 문서
no-articles = 아직 문서가 없어요.
