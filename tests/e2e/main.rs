//! The demo site in a real Chromium, under the site's own strict policies.

mod answers;
