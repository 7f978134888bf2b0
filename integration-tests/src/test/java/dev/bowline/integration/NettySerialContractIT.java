package dev.bowline.integration;

class NettySerialContractIT extends SerialContract implements OnNetty {}
