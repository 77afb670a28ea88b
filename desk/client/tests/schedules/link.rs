use desk_client::Transport;

/// One connection between a page and the desk. Frames of a socket keep their order in each direction.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) page: usize,
    pub(crate) instance: u32,
    /// Its number in the page's machine.
    pub(crate) connection: u64,
    pub(crate) transport: Transport,
    /// Events that the page had when it connected.
    pub(crate) after: u64,
    /// The page was told that it is open.
    pub(crate) opened: bool,
    /// The desk listens to it.
    pub(crate) accepted: bool,
    /// The desk's life in which it did.
    life: u32,
    /// When the last frame arrives.
    up_last: u64,
    down_last: u64,
    /// What would arrive later never does.
    pub(crate) up_until: u64,
    pub(crate) down_until: u64,
    /// The desk answers pings on it and nothing else.
    pub(crate) hangs: bool,
    /// Number of the last event of which the desk has told on it.
    pub(crate) told: u64,
    /// Numbers of the drafts that were sent on it.
    pub(crate) sent: Vec<usize>,
}

impl Link {
    pub(crate) fn new(page: usize, instance: u32, connection: u64, transport: Transport, after: u64) -> Self {
        Self {
            page,
            instance,
            connection,
            transport,
            after,
            opened: false,
            accepted: false,
            life: 0,
            up_last: 0,
            down_last: 0,
            up_until: u64::MAX,
            down_until: u64::MAX,
            hangs: false,
            told: 0,
            sent: Vec::new(),
        }
    }

    pub(crate) fn accept(&mut self, life: u32) {
        self.accepted = true;
        self.life = life;
    }

    pub(crate) fn is_accepted(&self, life: u32) -> bool {
        self.accepted && self.life == life
    }

    pub(crate) fn is_cut(&mut self, up_until: u64, down_until: u64) {
        self.up_until = self.up_until.min(up_until);
        self.down_until = self.down_until.min(down_until);
    }

    pub(crate) fn falls_silent(&mut self, now: u64, up: bool, down: bool) {
        self.is_cut(if up { now } else { u64::MAX }, if down { now } else { u64::MAX });
    }

    /// When a frame arrives at the desk that could arrive at this time.
    pub(crate) fn up_at(&mut self, at: u64) -> u64 {
        self.up_last = self.up_last.max(at);
        self.up_last
    }

    pub(crate) fn down_at(&mut self, at: u64) -> u64 {
        self.down_last = self.down_last.max(at);
        self.down_last
    }
}
