use std::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

/// A value that comes later, once, and that one waits for. On a page with its one thread that is all there is to a
/// channel; those for threads are several kilobytes of what visitors download.
pub(crate) struct Later<T>(Rc<RefCell<Slot<T>>>);

struct Slot<T> {
    value: Option<T>,
    waits: Option<Waker>,
}

impl<T> Later<T> {
    /// One that has not come yet.
    pub(crate) fn new() -> Self {
        Self(Rc::new(RefCell::new(Slot { value: None, waits: None })))
    }

    /// It has come. Where nobody waits any more, that is all.
    pub(crate) fn come(&self, value: T) {
        let mut slot = self.0.borrow_mut();
        slot.value = Some(value);
        if let Some(waits) = slot.waits.take() {
            waits.wake();
        }
    }
}

impl<T> Clone for Later<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Future for Later<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut slot = self.0.borrow_mut();
        match slot.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                slot.waits = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
