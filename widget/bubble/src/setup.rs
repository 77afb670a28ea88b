//! What the loader hands over, checked.

use std::cell::Cell;

use js_sys::{Function, Object, Reflect};
use search_client::{Config, Patience, SearchClient};
use wasm_bindgen::{JsCast, JsError, JsValue};

use crate::text::Lang;

/// What the bubble knows from the start.
pub(crate) struct Setup {
    /// Absolute address of the bundle; ends with `/`.
    pub(crate) kb: String,
    /// Language of the page, as it was given; empty where none was.
    pub(crate) page: String,
    /// Language wished for: the visitor's choice, else the page's.
    pub(crate) tag: Option<String>,
    /// Language of the bubble.
    pub(crate) lang: Lang,
    /// The search.
    pub(crate) client: SearchClient,
    /// Whether another setup has taken its place: what still comes of it is not wanted any more.
    pub(crate) retired: Cell<bool>,
    config: Config,
    contact: Option<String>,
    desk: Option<String>,
    /// Address of the static help centre by the page's own plain link, for when the bundle cannot be read.
    pub(crate) site: Option<String>,
    onclose: Option<Function>,
    emit: Option<Function>,
}

impl Setup {
    /// Reads the loader's configuration.
    ///
    /// # Errors
    /// Says which key is wrong and what it must be.
    pub(crate) fn read(config: &JsValue) -> Result<Self, JsError> {
        let kb =
            text(config, "kb").ok_or_else(|| JsError::new("porchlight: `kb` is missing: give the bundle's address"))?;
        if !(kb.starts_with("http") && kb.ends_with('/')) {
            return Err(JsError::new("porchlight: `kb` must be an absolute address that ends in /"));
        }
        let worker = get(config, "worker");
        if worker.is_falsy() {
            return Err(JsError::new("porchlight: `worker` is missing: give the worker's address"));
        }
        let module = function(config, "module")
            .ok_or_else(|| JsError::new("porchlight: `module` must be a function that imports the worker's script"))?;
        let tag = text(config, "lang");
        let search = Config { worker, module, kb: kb.clone(), lang: tag.clone(), patience: Patience::default() };
        Ok(Self {
            client: SearchClient::new(search.clone()),
            retired: Cell::new(false),
            config: search,
            page: tag.clone().unwrap_or_default(),
            lang: Lang::of(tag.as_deref()),
            kb,
            tag,
            contact: text(config, "contact"),
            desk: text(config, "desk"),
            site: text(config, "site"),
            onclose: function(config, "onclose"),
            emit: function(config, "emit"),
        })
    }

    /// The same in a language of the visitor's choice.
    pub(crate) fn speaking(&self, tag: &str) -> Self {
        let config = Config { lang: Some(tag.to_owned()), ..self.config.clone() };
        Self {
            kb: self.kb.clone(),
            page: self.page.clone(),
            tag: config.lang.clone(),
            lang: Lang::of(Some(tag)),
            client: SearchClient::new(config.clone()),
            retired: Cell::new(false),
            config,
            contact: self.contact.clone(),
            desk: self.desk.clone(),
            site: self.site.clone(),
            onclose: self.onclose.clone(),
            emit: self.emit.clone(),
        }
    }

    /// Ends the worker; what it still says is not heard.
    pub(crate) fn retire(&self) {
        self.retired.set(true);
        self.client.close();
    }

    /// Where a person can be reached: the page's word, else the bundle's.
    pub(crate) fn person(&self, library: Option<&answer_messages::Library>) -> Option<String> {
        let of_bundle = |pick: fn(&answer_messages::Library) -> Option<&String>| library.and_then(pick);
        [
            self.contact.as_ref(),
            of_bundle(|library| library.contact.as_ref()),
            self.desk.as_ref(),
            of_bundle(|library| library.desk.as_ref()),
        ]
        .into_iter()
        .flatten()
        .find(|address| crate::address::allowed(address))
        .cloned()
    }

    /// Tells the page of an event. Never with the visitor's words.
    pub(crate) fn emit(&self, name: &str, detail: &[(&str, &str)]) {
        if let Some(emit) = &self.emit {
            let object = Object::new();
            for (key, value) in detail {
                // Fails only on sealed objects.
                let _ = Reflect::set(&object, &(*key).into(), &(*value).into());
            }
            // What a listener throws is the page's own matter.
            let _ = emit.call2(&JsValue::NULL, &name.into(), &object);
        }
    }

    /// Tells the loader that the panel has closed, and whether the focus was in it.
    pub(crate) fn closed(&self, had_focus: bool) {
        if let Some(onclose) = &self.onclose {
            let _ = onclose.call1(&JsValue::NULL, &had_focus.into());
        }
    }
}

impl PartialEq for Setup {
    /// There is one setup a panel.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// A key of an object; `undefined` where the object is none or its getter throws.
pub(crate) fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

fn text(object: &JsValue, key: &str) -> Option<String> {
    get(object, key).as_string().filter(|text| !text.is_empty())
}

fn function(object: &JsValue, key: &str) -> Option<Function> {
    get(object, key).dyn_into().ok()
}
