//! The visitor's form and live chat (Yew), served by the desk in a frame of its own origin.
