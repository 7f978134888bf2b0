package dev.bowline.integration;

class NioSerialContractIT extends SerialContract implements OnNio {}
