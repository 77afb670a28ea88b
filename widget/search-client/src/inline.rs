use answer_messages::wire::{Request, Response};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{
    backend::{Died, OTHER_FORM},
    form::{decode, encode},
    worker::describe,
};

/// The worker's module, imported by the page: slower for the page, but an answer.
#[derive(Clone)]
pub(crate) struct Inline {
    answer: Function,
}

impl Inline {
    /// `import` is a function without parameters that gives the promise of the worker's module.
    pub(crate) async fn start(import: &Function) -> Result<Self, Died> {
        let died = |error: JsValue| Died(describe(&error));
        let promise: Promise = import.call0(&JsValue::NULL).map_err(died)?.unchecked_into();
        let module = JsFuture::from(promise).await.map_err(died)?;
        let answer = Reflect::get(&module, &JsValue::from_str("answer")).map_err(died)?;
        let answer =
            answer.dyn_into::<Function>().map_err(|_| Died("the worker's module exports no `answer`".into()))?;
        Ok(Self { answer })
    }

    pub(crate) async fn call(&self, request: &Request) -> Result<Response, Died> {
        let died = |error: JsValue| Died(describe(&error));
        let bytes = Uint8Array::from(encode(request).as_slice());
        let promise: Promise = self.answer.call1(&JsValue::NULL, &bytes).map_err(died)?.unchecked_into();
        let bytes = JsFuture::from(promise).await.map_err(died)?;
        decode(&Uint8Array::new(&bytes).to_vec()).ok_or_else(|| Died(OTHER_FORM.into()))
    }
}
