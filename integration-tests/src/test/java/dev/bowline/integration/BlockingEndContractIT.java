package dev.bowline.integration;

class BlockingEndContractIT extends EndContract implements OnBlocking {}
