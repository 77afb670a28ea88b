// The links and machines of visitors: delay of each response, bits a second that all share, and how much slower the page's
// processes are than this machine. The figures for 4G are those of Chromium's own tools.
export const LINKS = {
  open: {},
  fast4g: { delay: 60, bits: 9e6, rate: 4 },
  slow4g: { delay: 150, bits: 1.6e6, rate: 4 },
};
