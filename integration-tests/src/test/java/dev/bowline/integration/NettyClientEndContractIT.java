package dev.bowline.integration;

class NettyClientEndContractIT extends ClientEndContract implements OnNetty {}
