//! What the machine says to what happens, one story after another. Delays are half their bound: the random number is in
//! the middle.

mod connection;
mod conversation;
mod words;
