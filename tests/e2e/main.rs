//! The demo site in a real Chromium, under the site's own strict policies.

mod answers;
mod articles;
mod blocks;
mod desk_states;
mod faults;
mod frame;
mod handoff;
mod keyboard;
mod korean;
mod languages;
mod outages;
mod pages;
mod person;
mod privacy;
mod secrecy;
mod states;
