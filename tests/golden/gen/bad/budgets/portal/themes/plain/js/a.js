import "./b.js";
document.title += String.fromCodePoint(0x41, 0x42, 0x43);
