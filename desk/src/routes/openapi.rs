//! The desk's own description, made from the routes.

use std::sync::OnceLock;

use axum::{
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::IntoResponse,
};
use handoff::api::Problem;
use utoipa::{
    OpenApi, PartialSchema, ToSchema,
    openapi::{
        ContentBuilder, InfoBuilder, OpenApiBuilder, Ref, RefOr, ResponseBuilder,
        path::{Operation, PathItem},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{agents::session, problem};

/// Name of the visitors' way in.
pub(super) const VISITOR: &str = "visitor";
/// Name of the agents' way in.
pub(super) const AGENT: &str = "agent";

const DESCRIPTION: &str = "Hand-offs, conversations and the agents' side of a desk. All bodies are JSON; every failure is \
    a problem document (RFC 9457). The desk answers 'stored' only after a synced commit, and whatever is sent again with \
    the same key or id is stored once.";

/// The desk's description
///
/// This document.
#[utoipa::path(
    get,
    path = "/v1/openapi.json",
    tag = "everybody",
    responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json"))
)]
pub(super) async fn get_openapi() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")], document())
}

/// The document, made at the first call.
fn document() -> &'static str {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let mut api = described().to_json().unwrap_or_default();
        api.push('\n');
        api
    })
}

fn described() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(components(schemas(handoff::chat::Event)))]
    struct Words;

    let info = InfoBuilder::new()
        .title("Porchlight desk")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION))
        .build();
    let mut api = OpenApiBuilder::new().info(info).build();
    api.merge(Words::openapi());
    for routes in [super::visitors(), super::agents(), super::anybody()] {
        api.merge(routes.into_openapi());
    }
    let components = api.components.get_or_insert_default();
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("The token of a receipt.")).build();
    components.security_schemes.insert(VISITOR.to_owned(), RefOr::T(SecurityScheme::Http(bearer)));
    let cookie = ApiKeyValue::with_description(session::COOKIE_NAME, "Set by signing in.");
    components.security_schemes.insert(AGENT.to_owned(), RefOr::T(SecurityScheme::ApiKey(ApiKey::Cookie(cookie))));
    for operation in api.paths.paths.values_mut().flat_map(operations) {
        let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
        let failure =
            ResponseBuilder::new().description("What went wrong").content(problem::MEDIA_TYPE, problem).build();
        operation.responses.responses.insert("default".to_owned(), RefOr::T(failure));
    }
    api
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All routes with who may use them, as `tests/` hold them against the running desk.
    #[test]
    fn every_route_says_who_may() {
        let mut api = described();
        let mut lines: Vec<String> = Vec::new();
        for (path, item) in &mut api.paths.paths {
            let methods = [("GET", &item.get), ("POST", &item.post), ("DELETE", &item.delete)];
            for (method, operation) in methods {
                let Some(operation) = operation else { continue };
                let security = serde_json::to_value(&operation.security).unwrap();
                lines.push(format!("{method} {path} {security}"));
            }
        }
        insta::assert_snapshot!(lines.join("\n"), @r#"
        GET /v1/conversations/{id} [{"agent":[]}]
        POST /v1/conversations/{id}/assign [{"agent":[]}]
        POST /v1/conversations/{id}/close [{"agent":[]}]
        GET /v1/conversations/{id}/events [{"agent":[]}]
        POST /v1/conversations/{id}/messages [{"agent":[]}]
        POST /v1/conversations/{id}/reopen [{"agent":[]}]
        GET /v1/events [{"visitor":[]}]
        POST /v1/handoffs [{}]
        GET /v1/health null
        POST /v1/messages [{"visitor":[]}]
        GET /v1/openapi.json null
        GET /v1/queue [{"agent":[]}]
        GET /v1/session [{"agent":[]}]
        POST /v1/session [{}]
        DELETE /v1/session [{}]
        POST /v1/tickets [{"agent":[]}]
        "#);
    }

    #[test]
    fn references_lead_somewhere() {
        let document: serde_json::Value = serde_json::from_str(document()).unwrap();
        let mut missing = Vec::new();
        walk(&document, &mut |value| {
            if let Some(reference) = value.get("$ref").and_then(serde_json::Value::as_str)
                && document.pointer(reference.trim_start_matches('#')).is_none()
            {
                missing.push(reference.to_owned());
            }
        });
        assert!(missing.is_empty(), "{missing:?}");
        // Two types of this name exist: the transcript's and the answer to a request for events.
        assert!(document.pointer("/components/schemas/Page/properties/events").is_some());
        let page = document.pointer("/components/schemas/Transcript/properties/page/$ref");
        let page = page.and_then(serde_json::Value::as_str).unwrap().trim_start_matches('#');
        assert!(document.pointer(page).unwrap().pointer("/properties/url").is_some());
    }

    fn walk(value: &serde_json::Value, look: &mut impl FnMut(&serde_json::Value)) {
        look(value);
        match value {
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, look)),
            serde_json::Value::Object(items) => items.values().for_each(|item| walk(item, look)),
            _ => {}
        }
    }
}
