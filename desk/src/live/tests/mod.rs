mod agents;
mod greetings;
mod messages;
mod support;
mod watching;
