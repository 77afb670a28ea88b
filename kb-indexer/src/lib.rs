//! The writers' tool: Markdown to checked articles, to an index bundle of static files and a static help centre.
//!
//! The way of an article: [`source`] reads bytes and checks them, [`front_matter`] and [`markdown`] make sense of them,
//! [`library`] brings all articles together and resolves what they say of each other, [`index`] compiles the bundle,
//! [`publish`] puts it in place, [`site`] writes readable pages. Reading never fails on bad input: it returns what it
//! understood and [`diagnostics`]. [`checks`] look at all articles together, as a careful editor
//! would; [`preview`] shows writers what they write.

pub mod article;
pub mod calibration;
pub mod checks;
pub mod cli;
pub mod commands;
pub mod config;
pub mod diagnostics;
pub mod encoder;
pub mod front_matter;
pub mod index;
pub mod knowledge_base;
pub mod library;
pub mod markdown;
pub mod measures;
pub mod preview;
pub mod progress;
pub mod publish;
pub mod question_set;
pub mod site;
pub mod source;
