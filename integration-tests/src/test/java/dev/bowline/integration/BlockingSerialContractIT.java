package dev.bowline.integration;

class BlockingSerialContractIT extends SerialContract implements OnBlocking {}
