package dev.bowline.integration;

class NettyModeContractIT extends ModeContract implements OnNetty {}
