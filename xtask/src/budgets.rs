//! How much a visitor may have to download.

use std::fmt::Write as _;

use anyhow::bail;

use crate::assets::{Assets, Role};

/// Brotli bytes that the files of a role may have together.
const BUDGETS: [(Role, &str, usize); 3] =
    [(Role::Loader, "loader", 3_000), (Role::Bubble, "bubble", 80_000), (Role::Engine, "engine", 102_000)];

/// Tells each size beside its budget, and fails where one is over.
pub(crate) fn hold(assets: &Assets) -> anyhow::Result<()> {
    let mut text = format!("{:<10} {:>10} {:>10}", "brotli", "bytes", "budget");
    let mut over = Vec::new();
    for (role, name, budget) in BUDGETS {
        let bytes = assets.brotli_bytes(role);
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{name:<10} {bytes:>10} {budget:>10}");
        if bytes > budget {
            over.push(format!("{name} is {} bytes over its {budget}", bytes - budget));
        }
        if bytes == 0 {
            over.push(format!("{name} is missing"));
        }
    }
    println!("{text}");
    if !over.is_empty() {
        bail!("over budget: {}", over.join("; "));
    }
    Ok(())
}
