use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Response},
};
use handoff::api::{Agent, SignIn};

use crate::{
    agents::session::{self, LIFE, SignedIn},
    client_address::{self, Peer},
    clock,
    extract::{Json, NoBody},
    intake,
    problem::{Fault, Kind},
    random,
    state::Desk,
    store::Session,
    token,
};

use super::SMALL_BYTES;

/// Who is signed in
#[utoipa::path(
    get,
    path = "/v1/session",
    tag = "agents",
    security(("agent" = [])),
    responses((status = 200, description = "The agent", body = Agent))
)]
pub(super) async fn get_session(who: SignedIn) -> axum::Json<Agent> {
    axum::Json(who.agent)
}

/// Sign in
///
/// Sets the session's cookie. At most 10 wrong passwords a minute and account, and 60 a minute and client.
#[utoipa::path(
    post,
    path = "/v1/session",
    tag = "agents",
    security(()),
    request_body = SignIn,
    responses((status = 200, description = "The agent; the cookie is set", body = Agent))
)]
pub(super) async fn post_session(
    State(desk): State<Arc<Desk>>,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
    Json(body): Json<SignIn, SMALL_BYTES>,
) -> Result<Response, Fault> {
    let SignIn { email, password } = intake::sign_in(body)?;
    let now = Instant::now();
    let client = client_address::household(client_address::of(peer.ip(), &headers, &desk.proxies));
    let account = token::hash(&email.to_lowercase());
    desk.tries_by_client.note(client, now).map_err(too_many)?;
    desk.tries_by_account.note(account, now).map_err(too_many)?;

    // The same way, the same work and the same answer whether the account exists or not.
    let found = desk.store.credentials(&email).await?;
    let (agent, hash) = found.map(|found| (found.agent, found.password_hash)).unzip();
    let fits = desk.passwords.check(password, hash).await?;
    let Some(agent) = agent.filter(|_| fits) else {
        tracing::info!("a sign-in was refused");
        return Err(Fault::new(Kind::WrongPassword, "E-mail address and password do not go together. Check both."));
    };
    // Only wrong ones are limited.
    desk.tries_by_client.forgive(&client);
    desk.tries_by_account.forgive(&account);

    if let Some(old) = session::hash_in(&headers) {
        end(&desk, old).await?;
    }
    let cookie = random::base64url(&random::bytes::<32>()?);
    let expires_ms = clock::now_ms().saturating_add(u64::try_from(LIFE.as_millis()).unwrap_or(u64::MAX));
    let session = Session { hash: token::hash(&cookie), agent: agent.id.clone(), expires_ms };
    desk.store.open_session(session).await?;
    Ok(([(SET_COOKIE, session::set(&cookie))], axum::Json(agent)).into_response())
}

fn too_many(wait: Duration) -> Fault {
    let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
    Fault::new(Kind::TooMany, format!("Too many tries to sign in. Try again in {seconds} seconds."))
        .retry_after(seconds)
}

/// Sign out
///
/// Ends the session and closes its sockets. Fine also where there is none.
#[utoipa::path(
    delete,
    path = "/v1/session",
    tag = "agents",
    security(()),
    responses((status = 204, description = "Nobody is signed in"))
)]
pub(super) async fn delete_session(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    _: NoBody,
) -> Result<Response, Fault> {
    if let Some(session) = session::hash_in(&headers) {
        end(&desk, session).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, session::clear())]).into_response())
}

async fn end(desk: &Desk, session: [u8; 32]) -> Result<(), Fault> {
    desk.store.end_session(session).await?;
    // Nobody listens where no agent has a socket.
    let _ = desk.ended_sessions.send(session);
    Ok(())
}
