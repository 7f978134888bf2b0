package dev.bowline.integration;

class NettyClosingContractIT extends ClosingContract implements OnNetty {}
