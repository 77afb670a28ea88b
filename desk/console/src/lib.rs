//! The agents' console (Yew): queue, conversation, brief.
