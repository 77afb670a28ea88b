//! Cuts functions out of the bubble that are linked and never reached.
//!
//! Yew keeps everything behind enumerations and tables of virtual functions, so that no linker can see what of it a page
//! uses. The panel is one component without suspense, portals, raw markup, attribute maps or text inputs of one line, and hears
//! events itself. The body of each function that Yew has for these becomes one instruction that ends the module, and what only
//! they called goes with them. Whole kinds of things go, never what depends on how much there is of something.
//!
//! Should the panel come to use one of these after all, it ends there, and tests in a browser fail. The compiler makes one
//! function of two that do the same and keeps one name: so what anybody else calls stays.

use std::collections::{HashMap, HashSet};

use anyhow::{anyhow, ensure};
use walrus::ir::{Visitor, dfs_in_order};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module, ModuleConfig};

/// What the bubble never reaches, by parts of the functions' names.
pub(crate) const BUBBLE: [&str; 30] = [
    // Kinds of nodes that the panel has none of.
    "::vsuspense::VSuspense as yew::dom_bundle",
    "::bsuspense::BSuspense as yew::dom_bundle",
    "::vportal::VPortal as yew::dom_bundle",
    "::bportal::BPortal as yew::dom_bundle",
    "::vraw::VRaw as yew::dom_bundle",
    "::braw::BRaw as yew::dom_bundle",
    "::BRaw>::",
    "Rc<yew::virtual_dom::vsuspense::VSuspense> as yew",
    "Rc<yew::virtual_dom::vportal::VPortal> as yew",
    // It is the root, and nothing gives it other properties.
    "::suspension::Suspension>::listen",
    "::BaseSuspense>",
    "::BaseSuspenseMsg>",
    "ComponentState>::suspend",
    "Stateful>::props_changed",
    "::vcomp::VComp as yew::dom_bundle::traits::Reconcilable>",
    "Rc<yew::virtual_dom::vcomp::VComp> as yew",
    // Every element has the same list of attributes (`node.rs`): there are no maps to compare.
    "<yew::virtual_dom::Attributes>::apply_diff_as_maps",
    "indexmap::map::IndexMap<",
    "<indexmap::inner",
    "(&str, &yew::virtual_dom::AttributeOrProperty)",
    "HashMap<&str, &yew::virtual_dom::AttributeOrProperty",
    // Text boxes are of several lines.
    "HtmlInputElement> as yew",
    "::InputFields as yew",
    // Clicks and keys are heard by listeners that are not yew's (`deeds.rs`).
    "ListenerRegistration>::register",
    "subtree_root::SubtreeData>::add_listener",
    "subtree_root::EventDescriptor as core::",
    "HashMap<yew::dom_bundle::subtree_root::EventDescriptor",
    "RawTable<(yew::dom_bundle::subtree_root::EventDescriptor",
    "hash_one::<&yew::dom_bundle::subtree_root::EventDescriptor",
    "dyn yew::virtual_dom::listeners::Listener",
];

/// Where calls to what is cut are not reached. What anybody else calls stays.
const CALLERS: [&str; 12] = [
    "VNode as yew::dom_bundle::traits::Reconcilable>",
    "VTag as yew::dom_bundle::traits::Reconcilable>",
    "BNode as yew::dom_bundle::traits::ReconcileTarget>",
    "Attributes as yew::dom_bundle::btag::Apply>",
    "Listeners as yew::dom_bundle::btag::Apply>",
    "yew::dom_bundle::btag::listeners::Registry>::unregister",
    "yew::dom_bundle::subtree_root::BSubtree>::",
    "yew::dom_bundle::subtree_root::WeakSubtree, ",
    "HashSet<yew::dom_bundle::subtree_root::EventDescriptor,",
    "::RenderRunner as yew::scheduler::Runnable>",
    "ComponentState>::resume_existing_suspension",
    "yew::utils::RcExt<",
];

/// The module with the functions of these names cut; still to be swept by who takes it.
///
/// # Errors
/// Where the module cannot be parsed, or a name stands for no function any more.
pub(crate) fn snip(wasm: &[u8], names: &[&str]) -> anyhow::Result<Vec<u8>> {
    let mut module = ModuleConfig::new().parse(wasm).map_err(|error| anyhow!("cannot parse the module: {error:#}"))?;
    let name = |id| Some(format!("{:#}", rustc_demangle::demangle(module.funcs.get(id).name.as_deref()?)));
    let known: HashMap<FunctionId, String> =
        module.funcs.iter_local().filter_map(|(id, _)| Some((id, name(id)?))).collect();
    let mut cut = HashSet::new();
    for name in names {
        // What drops something is called where there is nothing to drop, too.
        let found = known.iter().filter(|(_, known)| known.contains(name) && !known.contains("drop"));
        let before = cut.len();
        cut.extend(found.map(|(id, _)| *id));
        ensure!(cut.len() > before, "`{name}` cuts nothing more: take it off the list in xtask/src/snip.rs");
    }
    let called: Vec<(FunctionId, HashSet<FunctionId>)> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| known.get(id).is_none_or(|name| CALLERS.iter().all(|may| !name.contains(may))))
        .map(|(id, function)| {
            let mut calls = Calls::default();
            dfs_in_order(&mut calls, function, function.entry_block());
            (id, calls.0)
        })
        .collect();
    loop {
        let before = cut.len();
        for (caller, calls) in &called {
            if !cut.contains(caller) {
                cut.retain(|id| !calls.contains(id));
            }
        }
        if cut.len() == before {
            break;
        }
    }
    for id in cut {
        end(&mut module, id);
    }
    Ok(module.emit_wasm())
}

/// Gives a function a body that ends the module.
fn end(module: &mut Module, id: FunctionId) {
    let ty = module.types.get(module.funcs.get(id).ty());
    let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
    let args = params.iter().map(|param| module.locals.add(*param)).collect();
    let mut empty = FunctionBuilder::new(&mut module.types, &params, &results);
    empty.func_body().unreachable();
    module.funcs.get_mut(id).kind = FunctionKind::Local(empty.local_func(args));
}

/// Functions that a function speaks of.
#[derive(Default)]
struct Calls(HashSet<FunctionId>);

impl<'i> Visitor<'i> for Calls {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.0.insert(*function);
    }
}
