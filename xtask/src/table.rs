//! Functions that nothing calls any more, and that only the table of functions still holds.
//!
//! wasm-bindgen describes every function of the browser that a crate names, with closures for their arguments, whether the
//! module uses it or not. It takes the descriptions out, but what they put into the table stays: a hundred closures in the
//! engine. Rust has a function's place in the table as a whole constant, in code or, at a multiple of four, in data. A place
//! that is no constant anywhere is therefore used by nobody. For that to be told, the table begins at a number that is seldom
//! one for another reason.

use std::collections::HashSet;

use anyhow::Context;
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, Module,
    ir::{self, Value, Visitor, dfs_in_order},
};

/// The first place. An empty one costs a browser some bytes of memory.
pub(crate) const BASE: u32 = 7_001;

/// Takes such functions out.
///
/// # Errors
/// Where the module is not as Rust makes it.
pub(crate) fn prune(module: &mut Module) -> anyhow::Result<()> {
    let constants = constants(module);
    for element in module.elements.iter_mut() {
        let ElementKind::Active { offset, .. } = &element.kind else { continue };
        let ElementItems::Functions(functions) = &mut element.items else { continue };
        let first = start(offset).context("the table of functions begins at no constant")?;
        let is_used: Vec<bool> = (first..).take(functions.len()).map(|place| constants.contains(&place)).collect();
        // The others keep their places, so something must stand in those of the unused.
        let Some(any) = is_used.iter().position(|used| *used) else { continue };
        let any = functions[any];
        for (function, is_used) in functions.iter_mut().zip(is_used) {
            if !is_used {
                *function = any;
            }
        }
    }
    walrus::passes::gc::run(module);
    Ok(())
}

fn start(offset: &ConstExpr) -> Option<u32> {
    match offset {
        ConstExpr::Value(Value::I32(start)) => Some(start.cast_unsigned()),
        _ => None,
    }
}

/// Every number that could be a place in the table.
fn constants(module: &Module) -> HashSet<u32> {
    struct Constants(HashSet<u32>);
    impl Visitor<'_> for Constants {
        fn visit_const(&mut self, constant: &ir::Const) {
            if let Value::I32(value) = constant.value {
                self.0.insert(value.cast_unsigned());
            }
        }
    }
    let mut constants = Constants(HashSet::new());
    for (_, function) in module.funcs.iter_local() {
        dfs_in_order(&mut constants, function, function.entry_block());
    }
    for data in module.data.iter() {
        let start = match &data.kind {
            DataKind::Active { offset, .. } => start(offset).unwrap_or(0),
            DataKind::Passive => 0,
        };
        let skipped = (start.next_multiple_of(4) - start) as usize;
        let words = data.value.get(skipped..).unwrap_or_default().as_chunks::<4>().0;
        constants.0.extend(words.iter().map(|word| u32::from_le_bytes(*word)));
    }
    for global in module.globals.iter() {
        if let walrus::GlobalKind::Local(ConstExpr::Value(Value::I32(value))) = &global.kind {
            constants.0.insert(value.cast_unsigned());
        }
    }
    constants.0
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, FunctionId, RefType, ValType};

    use super::*;

    #[test]
    fn what_nobody_can_reach_goes() {
        let mut module = Module::default();
        let function = |module: &mut Module, value: i32| -> FunctionId {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
            builder.func_body().i32_const(value);
            builder.finish(vec![], &mut module.funcs)
        };
        // Places 1 to 4: the first is a constant of `main`, the third one of the data.
        let [named, unused, in_data, also_unused] = [100, 101, 102, 103].map(|value| function(&mut module, value));
        let main = function(&mut module, 1);
        module.exports.add("main", main);
        let table = module.tables.add_local(false, 5, None, RefType::FUNCREF);
        let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(1)) };
        let items = ElementItems::Functions(vec![named, unused, in_data, also_unused]);
        let element = module.elements.add(kind, items);
        module.tables.get_mut(table).elem_segments.insert(element);
        module.exports.add("table", table);
        let memory = module.memories.add_local(false, false, 1, None, None);
        let kind = DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(1022)) };
        let data = module.data.add(kind, vec![2, 0, 3, 0, 0, 0, 4, 0]);
        module.memories.get_mut(memory).data_segments.insert(data);
        module.exports.add("memory", memory);
        prune(&mut module).unwrap();
        assert_eq!(module.funcs.iter_local().count(), 3);
        let ElementItems::Functions(left) = &module.elements.get(element).items else { panic!() };
        assert_eq!(left[..], [named, named, in_data, named]);
    }
}
