use gloo::{timers::callback::Timeout, utils::window};
use handoff::api::Problem;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestInit, RequestRedirect, Response};

/// How long a call may take, in milliseconds.
pub(crate) const PATIENCE_MS: u32 = 20_000;

/// Why a call to the desk gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer: offline, the desk is down, or it did not answer in time.
    Unreachable,
    /// The desk refused.
    Refused(Problem),
}

/// A call.
pub(crate) struct Call<'c> {
    /// Method.
    pub(crate) method: &'c str,
    /// Path and query on the page's own origin.
    pub(crate) path: &'c str,
    /// Goes into `Authorization`.
    pub(crate) token: Option<&'c str>,
    /// More headers.
    pub(crate) headers: &'c [(&'c str, &'c str)],
    /// JSON.
    pub(crate) body: Option<String>,
    /// How long it may take, in milliseconds.
    pub(crate) patience_ms: u32,
}

/// Calls a route of the desk on the page's own origin. `token` goes into `Authorization`; agents are known by cookie. An
/// answer without content is read as `null`, so that `A` may be `()`. Given up after 20 seconds.
///
/// # Errors
/// [`Failure::Refused`] where the desk answered with a problem document, [`Failure::Unreachable`] in all other cases: what
/// is not the desk's own word (a proxy's page, say) is no answer.
pub async fn call<B: Serialize, A: DeserializeOwned>(
    method: &str,
    path: &str,
    token: Option<&str>,
    headers: &[(&str, &str)],
    body: Option<&B>,
) -> Result<A, Failure> {
    let body = body.map(serde_json::to_string).transpose().map_err(|_| Failure::Unreachable)?;
    let controller = AbortController::new().map_err(|_| Failure::Unreachable)?;
    send(Call { method, path, token, headers, body, patience_ms: PATIENCE_MS }, &controller).await
}

/// Calls a route; `controller` ends the call early, and is told to when the call takes too long.
///
/// # Errors
/// As [`call`].
pub(crate) async fn send<A: DeserializeOwned>(call: Call<'_>, controller: &AbortController) -> Result<A, Failure> {
    let limit = {
        let controller = controller.clone();
        Timeout::new(call.patience_ms, move || controller.abort())
    };
    let answer = exchange(&call, controller).await;
    drop(limit);
    let (status, text) = answer.map_err(|_| Failure::Unreachable)?;
    read(status, &text)
}

async fn exchange(call: &Call<'_>, controller: &AbortController) -> Result<(u16, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json, application/problem+json")?;
    for (name, value) in call.headers {
        headers.set(name, value)?;
    }
    if let Some(token) = call.token {
        headers.set("Authorization", &format!("Bearer {token}"))?;
    }
    let init = RequestInit::new();
    if let Some(body) = &call.body {
        headers.set("Content-Type", "application/json")?;
        init.set_body(&JsValue::from_str(body));
    }
    init.set_method(call.method);
    init.set_headers(&headers);
    init.set_cache(RequestCache::NoStore);
    // A token or cookie follows no redirect.
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&controller.signal()));
    let response = JsFuture::from(window().fetch_with_str_and_init(call.path, &init)).await?;
    let response: Response = response.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}

fn read<A: DeserializeOwned>(status: u16, text: &str) -> Result<A, Failure> {
    if (200..300).contains(&status) {
        let text = if text.is_empty() { "null" } else { text };
        return serde_json::from_str(text).map_err(|_| Failure::Unreachable);
    }
    match serde_json::from_str::<Problem>(text) {
        Ok(problem) => Err(Failure::Refused(Problem { status, ..problem })),
        Err(_) => Err(Failure::Unreachable),
    }
}

#[cfg(test)]
mod tests {
    use handoff::api::{Problem, Stored};

    use super::{Failure, read};

    fn problem(status: u16) -> Failure {
        let [kind, title, detail] = ["/problems/x", "X", "Do y."].map(str::to_owned);
        Failure::Refused(Problem { kind, title, status, detail })
    }

    #[test]
    fn answers() {
        let check = |status, text, expected| assert_eq!(read::<Option<Stored>>(status, text), expected, "{text}");
        let stored = Stored { client_message_id: "a".into(), seq: 2, at_ms: 3 };
        check(201, r#"{"client_message_id":"a","seq":2,"at_ms":3,"later":true}"#, Ok(Some(stored)));
        check(200, "<html>Sign in to the hotel's network", Err(Failure::Unreachable));
        check(502, "<html>Bad gateway", Err(Failure::Unreachable));
        check(302, "", Err(Failure::Unreachable));
        let document = r#"{"type":"/problems/x","title":"X","status":400,"detail":"Do y."}"#;
        check(409, document, Err(problem(409)));
        assert_eq!(read::<()>(204, ""), Ok(()));
        assert_eq!(read::<Stored>(201, ""), Err(Failure::Unreachable));
    }
}
