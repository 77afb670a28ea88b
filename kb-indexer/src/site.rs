//! The static help centre: one readable page an article.
