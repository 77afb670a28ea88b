//! The demo site in a real Chromium, under the site's own strict policies.

mod answers;
mod articles;
mod faults;
mod keyboard;
mod korean;
mod pages;
mod person;
mod privacy;
mod states;
