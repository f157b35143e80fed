import "https://elsewhere.example/x.js";
const url = "https://elsewhere.example/";
import("https://elsewhere.example/y.js");
