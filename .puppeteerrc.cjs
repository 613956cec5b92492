// Browsers come from scripts/browsers, which looks for installed ones first.
module.exports = { skipDownload: true };
