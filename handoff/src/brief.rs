//! todo
pub struct Brief;
