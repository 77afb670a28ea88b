//! What the loader hands over, checked.

use std::{cell::Cell, rc::Rc};

use answer_messages::Library;
use js_sys::{Function, Object, Reflect, Uint8Array};
use search_client::{Config, Patience, SearchClient};
use wasm_bindgen::{JsCast, JsError, JsValue};

use crate::{
    address::{allowed, is_web},
    text::Lang,
};

/// What the bubble knows from the start, in one language.
pub(crate) struct Setup {
    /// What the loader said.
    pub(crate) given: Rc<Given>,
    /// Language wished for: the visitor's choice, else the page's.
    pub(crate) tag: Option<String>,
    /// Language of the bubble.
    pub(crate) lang: Lang,
    /// The search.
    pub(crate) client: SearchClient,
    /// Whether another setup has taken its place: what still comes of it is not wanted any more.
    pub(crate) retired: Cell<bool>,
}

/// What the loader said.
pub(crate) struct Given {
    /// The search, in the language of the page. Its bundle's address is absolute and ends with `/`.
    pub(crate) search: Config,
    contact: Option<String>,
    /// Address of the desk by the page's own word.
    pub(crate) desk: Option<String>,
    /// Address of the static help centre by the page's own plain link, for when the bundle cannot be read.
    pub(crate) site: Option<String>,
    /// All of it, for what is called now and then.
    config: JsValue,
    emit: Option<Function>,
    frame: Option<Function>,
}

impl Setup {
    /// Reads the loader's configuration.
    ///
    /// # Errors
    /// Says which key is wrong and what it must be.
    pub(crate) fn read(config: &JsValue) -> Result<Self, JsError> {
        let kb = text(config, "kb")
            .filter(|kb| is_web(kb) && kb.ends_with('/'))
            .ok_or_else(|| JsError::new("porchlight: `kb` must be the bundle's absolute address, with / at its end"))?;
        let worker = get(config, "worker");
        if worker.is_falsy() {
            return Err(JsError::new("porchlight: `worker` is missing: give the worker's address"));
        }
        let module = function(config, "module")
            .ok_or_else(|| JsError::new("porchlight: `module` must be a function that imports the worker's script"))?;
        let lang = text(config, "lang");
        Ok(Self::of(
            Rc::new(Given {
                search: Config { worker, module, kb, lang, patience: Patience::default() },
                contact: text(config, "contact"),
                desk: text(config, "desk").filter(|desk| is_web(desk)),
                site: text(config, "site"),
                config: config.clone(),
                emit: function(config, "emit"),
                frame: function(config, "frame"),
            }),
            None,
        ))
    }

    /// The same in a language of the visitor's choice.
    pub(crate) fn speaking(&self, tag: &str) -> Self {
        Self::of(self.given.clone(), Some(tag.to_owned()))
    }

    fn of(given: Rc<Given>, chosen: Option<String>) -> Self {
        let mut search = given.search.clone();
        search.lang = chosen.or(search.lang);
        Self {
            given,
            tag: search.lang.clone(),
            lang: Lang::of(search.lang.as_deref()),
            client: SearchClient::new(search),
            retired: Cell::new(false),
        }
    }

    /// Language of the page, as it was given; empty where none was.
    pub(crate) fn page(&self) -> &str {
        self.given.search.lang.as_deref().unwrap_or_default()
    }

    /// Ends the worker; what it still says is not heard.
    pub(crate) fn retire(&self) {
        self.retired.set(true);
        self.client.close();
    }

    /// Where a person can be reached without a desk: the page's word, else the bundle's.
    pub(crate) fn contact(&self, library: Option<&Library>) -> Option<String> {
        let contacts = [self.given.contact.as_ref(), library.and_then(|library| library.contact.as_ref())];
        contacts.into_iter().flatten().find(|address| allowed(address)).cloned()
    }

    /// Has `frame.js` fetched, and lets it bring the desk's chat in keeping with how this view of it is shown. `record`:
    /// that of the visit.
    pub(crate) fn frame(&self, view: &JsValue, record: Option<Vec<u8>>) {
        if let Some(frame) = &self.given.frame {
            let record = record.map_or(JsValue::NULL, |bytes| Uint8Array::from(bytes.as_slice()).into());
            // What it throws is told where it is thrown.
            let _ = frame.call2(&JsValue::NULL, view, &record);
        }
    }

    /// Tells the page of an event. Never with the visitor's words.
    pub(crate) fn emit(&self, name: &str, detail: &[(&str, &str)]) {
        if let Some(emit) = &self.given.emit {
            let object = Object::new();
            for (key, value) in detail {
                // Fails only on sealed objects.
                let _ = Reflect::set(&object, &(*key).into(), &(*value).into());
            }
            // What a listener throws is the page's own matter.
            let _ = emit.call2(&JsValue::NULL, &name.into(), &object);
        }
    }

    /// Calls a function of the configuration, where it is there. What it throws is not the panel's matter.
    pub(crate) fn call(&self, name: &str, value: bool) {
        if let Some(function) = function(&self.given.config, name) {
            let _ = function.call1(&JsValue::NULL, &value.into());
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
