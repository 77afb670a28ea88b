//! A program that the demo keeps running: started, asked until it answers, started again when it dies.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// How long a program may take until it answers.
const START: Duration = Duration::from_secs(10);
/// How often a program may die within [`CALM`] before the demo gives up.
const MAX_DEATHS: usize = 5;
/// After this long a death is forgotten.
const CALM: Duration = Duration::from_secs(30);

/// How a program is started, and what it answers.
pub(super) struct Program {
    /// For people.
    pub(super) name: &'static str,
    /// Its call.
    pub(super) command: Command,
    /// Its port on 127.0.0.1.
    pub(super) port: u16,
    /// A path that it answers with 200.
    pub(super) path: &'static str,
}

/// A program that runs.
pub(super) struct Running {
    program: Program,
    child: Child,
    deaths: Vec<Instant>,
}

impl Running {
    /// Starts a program and waits until it answers. It ends when its standard input closes, so it cannot outlive us.
    pub(super) fn start(mut program: Program) -> anyhow::Result<Self> {
        let child = program.start()?;
        Ok(Self { program, child, deaths: Vec::new() })
    }

    /// Its process.
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Starts it again if it has died; says whether it had.
    ///
    /// # Errors
    /// Where it cannot be started, or dies again and again.
    pub(super) fn revive(&mut self) -> anyhow::Result<bool> {
        let Some(status) = self.child.try_wait()? else { return Ok(false) };
        let name = self.program.name;
        self.deaths.retain(|death| death.elapsed() < CALM);
        self.deaths.push(Instant::now());
        if self.deaths.len() > MAX_DEATHS {
            bail!("{name} died {} times within {CALM:?}; its last words are above", self.deaths.len());
        }
        println!("{name} ended ({status}); starting it again.");
        self.child = self.program.start()?;
        Ok(true)
    }

    /// Asks it to end by closing its standard input, and makes sure.
    pub(super) fn stop(&mut self) {
        drop(self.child.stdin.take());
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(2) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    fn start(&mut self) -> anyhow::Result<Child> {
        let mut child = self
            .command
            .stdin(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", self.command.get_program().display()))?;
        let begun = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                bail!("{} ended at once: {status}", self.name);
            }
            if self.answers() {
                return Ok(child);
            }
            if begun.elapsed() > START {
                let _ = child.kill();
                let _ = child.wait();
                bail!("{} did not answer within {START:?}", self.name);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn answers(&self) -> bool {
        let ask = || -> std::io::Result<bool> {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(2)))?;
            let request = format!("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", self.path);
            stream.write_all(request.as_bytes())?;
            let mut start = [0; 12];
            stream.read_exact(&mut start)?;
            Ok(start.ends_with(b" 200"))
        };
        ask().unwrap_or(false)
    }
}
